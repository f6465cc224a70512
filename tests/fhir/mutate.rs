//! Breaks a resource in one known way, at a place that chance picks, and says by what the judge must find it.

use bindeledd::fhir::r4::{Form, Kind, Primitive, Slot, TypeId, r4};
use bindeledd::fhir::{Json, Object};
use std::borrow::Cow;

/// The same seed gives the same mutants.
pub struct Chance(pub u64);

impl Chance {
    /// A number below a bound (xorshift64*).
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound.max(1)
    }
}

/// A member of an object: where the object is, which member, and what R4 says about it.
pub struct Spot {
    object: Vec<usize>,
    member: usize,
    of: TypeId,
    slot: &'static Slot,
    many: bool,
    required: bool,
}

/// A way to break a resource, and the beginning of the kind of issue that follows.
pub struct Way {
    pub name: &'static str,
    /// Empty where nobody knows beforehand.
    pub found_as: &'static str,
    does: fn(&mut Json<'static>, &Spot, &mut Chance) -> bool,
}

const fn way(name: &'static str, found_as: &'static str, does: fn(&mut Json<'static>, &Spot, &mut Chance) -> bool) -> Way {
    Way { name, found_as, does }
}

pub static WAYS: [Way; 19] = [
    way("an element gets a name that R4 does not know", "UnknownElement", |json, spot, _| {
        member(json, spot).0 = Cow::Borrowed("unheardOf");
        true
    }),
    way("a required element is taken away", "Missing", |json, spot, _| {
        let members = object(json, &spot.object).members_mut();
        // Not beside `_name`, and not the only one: that would be an empty object.
        let alone = members.iter().filter(|(name, _)| name.ends_with(spot.slot.name)).count() == 1 && members.len() > 1;
        if spot.required && alone {
            members.remove(spot.member);
        }
        spot.required && alone
    }),
    way("a value gets another form", "WrongForm", |json, spot, chance| {
        let wrong = [Json::from(7), Json::from("seven"), Json::from(true), Json::from(Object::new().with("id", "a"))];
        let wanted = match r4().of(spot.slot.type_id).kind {
            Kind::Primitive(primitive) => primitive.form() as usize,
            _ => 3,
        };
        // `Form` is text, number, bool; the list above is number, text, bool, object.
        let fitting = [1, 0, 2, 3][wanted];
        let picked = (fitting + 1 + chance.below(3)) % 4;
        let is_resource = matches!(r4().of(spot.slot.type_id).kind, Kind::Abstract | Kind::Resource);
        if !is_resource {
            let [_, wrong] = [Json::Null, wrong[picked].clone()];
            member(json, spot).1 = if spot.many { Json::Array(vec![wrong]) } else { wrong };
        }
        !is_resource
    }),
    way("an array is unpacked", "WrongForm(Array)", |json, spot, _| {
        let Some(first) = member(json, spot).1.items().first().cloned() else { return false };
        member(json, spot).1 = first;
        true
    }),
    way("a single value becomes an array", "WrongForm(Single)", |json, spot, _| {
        let value = &mut member(json, spot).1;
        if !spot.many {
            *value = Json::Array(vec![value.clone()]);
        }
        !spot.many
    }),
    way("a choice is made twice", "ChoiceTwice", |json, spot, _| {
        let of = r4().of(spot.of);
        let same = |slot: &&Slot| slot.element == spot.slot.element && slot.name != spot.slot.name;
        let is_choice = of.elements[usize::from(spot.slot.element)].choice.is_some();
        let Some(other) = r4().slots(of).iter().filter(|_| is_choice).find(same) else { return false };
        object(json, &spot.object).members_mut().push((Cow::Borrowed(other.name), Json::from("a")));
        true
    }),
    way("a value loses the form of its type", "BadValue", |json, spot, _| {
        let Kind::Primitive(primitive) = r4().of(spot.slot.type_id).kind else { return false };
        let wrong = match primitive {
            Primitive::Boolean | Primitive::Decimal | Primitive::Text | Primitive::Xhtml => return false,
            Primitive::Integer | Primitive::PositiveInt | Primitive::UnsignedInt => {
                Json::Number(bindeledd::fhir::Number::new("1.5").expect("a number"))
            }
            _ => Json::from(" not as it must be\u{a0} "),
        };
        put(json, spot, wrong);
        true
    }),
    way("a code is none of its value set", "UnknownCode", |json, spot, _| {
        let bound = r4().codes(spot.slot).is_some() && matches!(r4().of(spot.slot.type_id).kind, Kind::Primitive(_));
        if bound {
            put(json, spot, Json::from("unheard-of"));
        }
        bound
    }),
    way("a concept has no code of its value set", "UnknownCode", |json, spot, _| {
        let bound = r4().codes(spot.slot).is_some() && spot.slot.type_id == r4().facts.concept;
        if bound {
            put(json, spot, Json::from(Object::new().with("text", "unheard of")));
        }
        bound
    }),
    way("a value is emptied", "Empty", |json, spot, _| {
        let empty = match r4().of(spot.slot.type_id).kind {
            Kind::Primitive(primitive) if primitive.form() == Form::Text => Json::from(""),
            Kind::Primitive(_) | Kind::Abstract | Kind::Resource => return false,
            Kind::Datatype | Kind::Part => Json::from(Object::new()),
        };
        put(json, spot, empty);
        true
    }),
    way("an array is emptied", "Empty", |json, spot, _| {
        member(json, spot).1 = Json::Array(Vec::new());
        spot.many
    }),
    way("a value becomes null", "Null", |json, spot, _| {
        let alone = object(json, &spot.object).get(&format!("_{}", spot.slot.name)).is_none();
        if alone {
            put(json, spot, Json::Null);
        }
        alone
    }),
    way("a reference leads to a type that may not stand there", "WrongTarget", |json, spot, _| {
        let allowed = r4().targets(spot.slot);
        let strange = r4().types().find(|(id, of)| of.kind == Kind::Resource && !allowed.contains(id));
        let Some((_, strange)) = strange.filter(|_| !allowed.is_empty()) else { return false };
        put(json, spot, Json::from(Object::new().with("reference", format!("{}/1", strange.name))));
        true
    }),
    way("a reference names a contained resource that is not there", "Broken(ref-1)", |json, spot, _| {
        let is_reference = spot.slot.type_id == r4().facts.reference;
        if is_reference {
            put(json, spot, Json::from(Object::new().with("reference", "#nowhere-at-all")));
        }
        is_reference
    }),
    way("an extension says two things", "Broken(ext-1)", |json, spot, _| {
        let inner = Object::new().with("url", "urn:a").with("valueString", "a");
        let both = Object::new().with("url", "urn:b").with("extension", vec![Json::from(inner)]).with("valueString", "b");
        let takes_extensions = spot.slot.name == "extension";
        if takes_extensions {
            put(json, spot, Json::from(both));
        }
        takes_extensions
    }),
    way("a period ends before it starts", "Broken(per-1)", |json, spot, _| {
        let is_period = r4().of(spot.slot.type_id).name == "Period";
        if is_period {
            put(json, spot, Json::from(Object::new().with("start", "2026-11-22").with("end", "2026-11-21")));
        }
        is_period
    }),
    way("an element has only an id", "Broken(ele-1)", |json, spot, _| {
        let has_parts = matches!(r4().of(spot.slot.type_id).kind, Kind::Datatype | Kind::Part);
        if has_parts {
            put(json, spot, Json::from(Object::new().with("id", "a")));
        }
        has_parts
    }),
    way("the narrative has a script", "Narrative", |json, spot, _| {
        let is_narrative = r4().of(spot.slot.type_id).name == "xhtml";
        if is_narrative {
            put(json, spot, Json::from("<div xmlns=\"http://www.w3.org/1999/xhtml\">a<script>b</script></div>"));
        }
        is_narrative
    }),
    way("the extensions of values are not as many as the values", "Unpaired", |json, spot, _| {
        let primitive = matches!(r4().of(spot.slot.type_id).kind, Kind::Primitive(_));
        let extension = Object::new().with("url", "urn:a").with("valueString", "a");
        let beside = Json::from(Object::new().with("extension", vec![Json::from(extension)]));
        let name = format!("_{}", spot.slot.name);
        let count = member(json, spot).1.items().len() + 1;
        let free = spot.many && primitive && object(json, &spot.object).get(&name).is_none();
        if free {
            let members = object(json, &spot.object).members_mut();
            members.push((Cow::Owned(name), Json::Array(vec![beside; count])));
        }
        free
    }),
];

/// Ways that may also leave a resource that is right.
pub static WILD: [Way; 3] = [
    way("something is taken away", "", |json, spot, _| {
        let members = object(json, &spot.object).members_mut();
        let more = members.len() > 1;
        if more {
            members.remove(spot.member);
        }
        more
    }),
    way("an array is doubled", "", |json, spot, _| match &mut member(json, spot).1 {
        Json::Array(items) if !items.is_empty() => {
            items.extend_from_within(..);
            true
        }
        _ => false,
    }),
    way("a text becomes another one", "", |json, spot, _| match &mut member(json, spot).1 {
        Json::Text(text) if spot.slot.name != "div" => {
            *text = Cow::Borrowed("other");
            true
        }
        _ => false,
    }),
];

impl Way {
    /// Breaks a copy, if there is a place for it.
    pub fn mutant(&self, json: &Json<'static>, spots: &[Spot], chance: &mut Chance) -> Option<Json<'static>> {
        let from = chance.below(spots.len());
        (0..spots.len()).find_map(|step| {
            let mut copy = json.clone();
            (self.does)(&mut copy, &spots[(from + step) % spots.len()], chance).then_some(copy)
        })
    }
}

fn object<'j>(json: &'j mut Json<'static>, trail: &[usize]) -> &'j mut Object<'static> {
    let mut at = json;
    for step in trail {
        at = match at {
            Json::Object(object) => &mut object.members_mut()[*step].1,
            Json::Array(items) => &mut items[*step],
            _ => panic!("no way down"),
        };
    }
    at.object_mut().expect("an object")
}

fn member<'j>(json: &'j mut Json<'static>, spot: &Spot) -> &'j mut (Cow<'static, str>, Json<'static>) {
    &mut object(json, &spot.object).members_mut()[spot.member]
}

/// In the place of the first value.
fn put(json: &mut Json<'static>, spot: &Spot, value: Json<'static>) {
    match &mut member(json, spot).1 {
        Json::Array(items) if !items.is_empty() => items[0] = value,
        single => *single = value,
    }
}

/// Every member that R4 knows.
pub fn spots(json: &Json<'_>) -> Vec<Spot> {
    let mut spots = Vec::new();
    collect(json, None, &mut Vec::new(), &mut spots);
    spots
}

fn collect(json: &Json<'_>, of: Option<TypeId>, trail: &mut Vec<usize>, spots: &mut Vec<Spot>) {
    let resource = json.resource_type().and_then(|name| r4().resource(name));
    let (Some(object), Some(of)) = (json.object(), of.or(resource)) else { return };
    for (number, (name, value)) in object.members().iter().enumerate() {
        let Some(slot) = r4().slot(r4().of(of), name) else { continue };
        let element = r4().of(of).elements[usize::from(slot.element)];
        let spot = Spot { object: trail.clone(), member: number, of, slot, many: element.many, required: element.required };
        spots.push(spot);
        let inner = (slot.type_id != r4().facts.resource).then_some(slot.type_id);
        trail.push(number);
        if value.object().is_some() {
            collect(value, inner, trail, spots);
        }
        for (at, item) in value.items().iter().enumerate() {
            trail.push(at);
            collect(item, inner, trail, spots);
            trail.pop();
        }
        trail.pop();
    }
}
