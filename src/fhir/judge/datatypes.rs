//! The invariants of the data types, and of every element and resource.

use super::super::json::Object;
use super::invariant::Invariant;
use super::invariant::Shape::{AnyOf, Elsewhere, Needs, NotBoth, OneOf, Own};
use super::presence::{has, is_not_behind, number, text};
use crate::domain::Text;

const UCUM: &str = "http://unitsofmeasure.org";

pub(super) static ELE_1: Invariant = Invariant::new(
    "ele-1",
    "Element",
    Elsewhere(Text {
        en: "An element must have a value or something inside; an `id` alone is not enough.",
        nb: "Et element må ha en verdi eller et innhold; `id` alene er ikke nok.",
        nn: "Eit element må ha ein verdi eller eit innhald; `id` åleine er ikkje nok.",
    }),
);

pub(super) static REF_1: Invariant = Invariant::new(
    "ref-1",
    "Reference",
    Elsewhere(Text {
        en: "A reference with `#` must name a resource that is contained in the same resource.",
        nb: "En referanse med `#` må peke på en ressurs som ligger inne i den samme ressursen.",
        nn: "Ein referanse med `#` må peike på ein ressurs som ligg inne i den same ressursen.",
    }),
);

pub(super) static DOM_3: Invariant = Invariant::new(
    "dom-3",
    "DomainResource",
    Elsewhere(Text {
        en: "A contained resource must be referred to from the resource around it, or refer to that itself.",
        nb: "En innebygd ressurs må det vises til fra ressursen rundt, eller så må den selv vise til den.",
        nn: "Ein innebygd ressurs må det visast til frå ressursen rundt, eller så må han sjølv vise til den.",
    }),
);

pub(super) static TXT_1: Invariant = Invariant::new(
    "txt-1",
    "Narrative.div",
    Elsewhere(Text {
        en: "The narrative may only have plain formatting: no scripts, forms, frames or foreign elements.",
        nb: "Den lesbare teksten kan bare ha enkel formatering: ingen skript, skjemaer, rammer eller fremmede elementer.",
        nn: "Den lesbare teksten kan berre ha enkel formatering: ingen skript, skjema, rammer eller framande element.",
    }),
);

pub(super) static TXT_2: Invariant = Invariant::new(
    "txt-2",
    "Narrative.div",
    Elsewhere(Text {
        en: "The narrative must say something: text, or an image.",
        nb: "Den lesbare teksten må si noe: tekst eller et bilde.",
        nn: "Den lesbare teksten må seie noko: tekst eller eit bilete.",
    }),
);

#[rustfmt::skip]
pub(super) static INVARIANTS: &[Invariant] = &[
    Invariant::new("ext-1", "Extension", OneOf("extension", "value[x]")),
    Invariant::new("per-1", "Period", Own(
        |period| is_not_behind(text(period, "start"), text(period, "end")),
        Text {
            en: "A period may not end before it starts.",
            nb: "En periode kan ikke slutte før den begynner.",
            nn: "Ein periode kan ikkje slutte før han byrjar.",
        },
    )),
    Invariant::new("qty-3", "Quantity", Needs("code", "system")),
    Invariant::new("rng-2", "Range", Own(low_is_not_above_high, Text {
        en: "The low end of a range may not be above the high end.",
        nb: "Nedre grense kan ikke være høyere enn øvre grense.",
        nn: "Nedre grense kan ikkje vere høgare enn øvre grense.",
    })),
    Invariant::new("rat-1", "Ratio", Own(
        |ratio| {
            let (above, below) = (has(ratio, "numerator"), has(ratio, "denominator"));
            above == below && (above || has(ratio, "extension"))
        },
        Text {
            en: "`numerator` and `denominator` must be there together, or there must be an extension instead.",
            nb: "`numerator` og `denominator` må stå sammen, eller det må være en utvidelse i stedet.",
            nn: "`numerator` og `denominator` må stå saman, eller det må vere ei utviding i staden.",
        },
    )),
    Invariant::new("att-1", "Attachment", Needs("data", "contentType")),
    Invariant::new("cpt-2", "ContactPoint", Needs("value", "system")),
    Invariant::new("age-1", "Age", Own(
        |age| is_measured(age) && number(age, "value").is_none_or(|value| value > 0.0),
        Text {
            en: "An age is positive, and has a unit of time in UCUM.",
            nb: "En alder er positiv og har en tidsenhet i UCUM.",
            nn: "Ein alder er positiv og har ei tidseining i UCUM.",
        },
    )),
    Invariant::new("cnt-3", "Count", Own(
        |count| {
            let whole = count.get("value").and_then(|value| value.token()).is_none_or(|value| !value.contains('.'));
            is_measured(count) && text(count, "code").is_none_or(|code| code == "1") && whole
        },
        Text {
            en: "A count is a whole number with the unit `1` in UCUM.",
            nb: "Et antall er et helt tall med enheten `1` i UCUM.",
            nn: "Eit tal på noko er eit heilt tal med eininga `1` i UCUM.",
        },
    )),
    Invariant::new("dis-1", "Distance", Own(is_measured, Text {
        en: "A distance has a unit of length in UCUM.",
        nb: "En avstand har en lengdeenhet i UCUM.",
        nn: "Ein avstand har ei lengdeeining i UCUM.",
    })),
    Invariant::new("drt-1", "Duration", Own(
        |duration| !has(duration, "code") || text(duration, "system") == Some(UCUM) && has(duration, "value"),
        Text {
            en: "A duration has a value, and its unit of time is from UCUM.",
            nb: "En varighet har en verdi, og tidsenheten er fra UCUM.",
            nn: "Ei varigheit har ein verdi, og tidseininga er frå UCUM.",
        },
    )),
    Invariant::new("tim-1", "Timing.repeat", Needs("duration", "durationUnit")),
    Invariant::new("tim-2", "Timing.repeat", Needs("period", "periodUnit")),
    Invariant::new("tim-4", "Timing.repeat", Own(|repeat| number(repeat, "duration").is_none_or(|value| value >= 0.0), Text {
        en: "`duration` may not be negative.",
        nb: "`duration` kan ikke være negativ.",
        nn: "`duration` kan ikkje vere negativ.",
    })),
    Invariant::new("tim-5", "Timing.repeat", Own(|repeat| number(repeat, "period").is_none_or(|value| value >= 0.0), Text {
        en: "`period` may not be negative.",
        nb: "`period` kan ikke være negativ.",
        nn: "`period` kan ikkje vere negativ.",
    })),
    Invariant::new("tim-6", "Timing.repeat", Needs("periodMax", "period")),
    Invariant::new("tim-7", "Timing.repeat", Needs("durationMax", "duration")),
    Invariant::new("tim-8", "Timing.repeat", Needs("countMax", "count")),
    Invariant::new("tim-9", "Timing.repeat", Own(
        |repeat| {
            let meal = |code: &str| matches!(code, "C" | "CM" | "CD" | "CV");
            let when = repeat.get("when").map(|when| when.items()).unwrap_or_default();
            !has(repeat, "offset") || has(repeat, "when") && !when.iter().filter_map(|item| item.text()).any(meal)
        },
        Text {
            en: "`offset` needs a `when`, and not one of the meals C, CM, CD and CV.",
            nb: "`offset` trenger en `when`, og ikke et av måltidene C, CM, CD og CV.",
            nn: "`offset` treng ein `when`, og ikkje eit av måltida C, CM, CD og CV.",
        },
    )),
    Invariant::new("tim-10", "Timing.repeat", NotBoth("timeOfDay", "when")),
    Invariant::new("exp-1", "Expression", AnyOf(&["expression", "reference"])),
    Invariant::new("trd-1", "TriggerDefinition", NotBoth("data", "timing[x]")),
    Invariant::new("trd-2", "TriggerDefinition", Needs("condition", "data")),
    Invariant::new("trd-3", "TriggerDefinition", Own(
        |trigger| match text(trigger, "type").unwrap_or_default() {
            "named-event" => has(trigger, "name"),
            "periodic" => has(trigger, "timing[x]"),
            other => !other.starts_with("data-") || has(trigger, "data"),
        },
        Text {
            en: "A named event has a `name`, a periodic one a `timing`, and one about data has `data`.",
            nb: "En navngitt hendelse har `name`, en periodisk har `timing`, og en om data har `data`.",
            nn: "Ei namngjeven hending har `name`, ei periodisk har `timing`, og ei om data har `data`.",
        },
    )),
    Invariant::new("drq-1", "DataRequirement.codeFilter", OneOf("path", "searchParam")),
    Invariant::new("drq-2", "DataRequirement.dateFilter", OneOf("path", "searchParam")),
];

/// With a code where there is a value, and of UCUM where there is a system.
fn is_measured(quantity: &Object<'_>) -> bool {
    (has(quantity, "code") || !has(quantity, "value")) && text(quantity, "system").is_none_or(|system| system == UCUM)
}

/// Compared only in the same unit.
fn low_is_not_above_high(range: &Object<'_>) -> bool {
    let end = |name| range.get(name).and_then(|end| end.object());
    let (Some(low), Some(high)) = (end("low"), end("high")) else { return true };
    let unit = |end| (text(end, "system").map(str::to_owned), text(end, "code").or(text(end, "unit")).map(str::to_owned));
    match (number(low, "value"), number(high, "value")) {
        (Some(low_value), Some(high_value)) if unit(low) == unit(high) => low_value <= high_value,
        _ => true,
    }
}
