//! D-05: several kinds of record information may be asked for since 1.1.

use super::super::label::Label;
use super::super::rule::{Rule, Step, Told};
use super::super::subject::Subject;
use super::super::walk::each;
use super::{BEHIND_QUESTION, MARK};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "D-05",
    name: "further_kinds_of_records_have_no_place_in_1_0",
    what: Text {
        en: "Of several kinds of record information the first is kept; the others stand as labelled lines in the question",
        nb: "Av flere typer journalinformasjon beholdes den første; de andre står som merkede linjer i spørsmålet",
        nn: "Av fleire typar journalinformasjon blir den første verande; dei andre står som merkte linjer i spørsmålet",
    },
    before: "Foresporsel/TypeJournalinfo[2]",
    after: "Foresporsel/Sporsmal",
    class: LossClass::Text,
    source: "HIS 80603 v1.1, 5.1.2",
    down: Some(Step::Does(displace)),
    up: Some(Step::PutsBack(restore)),
};

const ELEMENT: &str = "TypeJournalinfo";

const SUBJECT: Subject = Subject {
    name: "Journalinformasjon",
    is_numbered: true,
    words: &[("@DN", ""), ("@V", "kode"), ("@S", "kodeverk"), ("@OT", "annet")],
};

fn displace<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "Foresporsel", &mut |request| {
        let further = request.take_where(ELEMENT, |place, _| place > 0);
        let labels: Vec<Label> = further.iter().flat_map(|(place, kind)| SUBJECT.labels(*place, kind)).collect();
        if !labels.is_empty() {
            MARK.displace(request, "Sporsmal", BEHIND_QUESTION, &labels);
        }
        further.iter().for_each(|(_, kind)| told.tell(&RULE, LossClass::Text, kind.origin()));
    });
}

fn restore<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "Foresporsel", &mut |request| {
        let labels = MARK.reclaim(request, "Sporsmal", |label: &Label| SUBJECT.tells(label));
        let blank = request.part(ELEMENT);
        for (place, kind) in SUBJECT.restore(&labels, || blank.clone()) {
            request.insert_nth(kind, place, &["KodetOpplysning", "DokIdForesp", "RollerRelatertNotat"]);
            told.tell(&RULE, LossClass::Lossless, request.origin());
        }
    });
}
