//! What to write instead of a code that is in no list of its element.

use crate::codelists::{Code, CodeList, Standing};
use crate::rulebook::Wording;

/// So many codes can be read in one line.
const SHOWN_MAX: usize = 12;

/// The code that is nearest to what stands in `V` or else in `DN`, or the whole list where it is short, or where to look.
pub(super) fn codes_of(lists: &[&'static CodeList], written: &str, dn: &str) -> Wording {
    let nearest = |text| lists.iter().find_map(|list| list.nearest(text));
    if let Some(code) = nearest(written).or_else(|| nearest(dn)) {
        let code = shown(code);
        return Wording {
            en: format!("Did you mean {code}?"),
            nb: format!("Mente du {code}?"),
            nn: format!("Meinte du {code}?"),
        };
    }
    let published = || lists.iter().flat_map(|list| list.codes()).filter(|code| code.standing != Standing::Withdrawn);
    if published().count() <= SHOWN_MAX {
        let codes: Vec<String> = published().map(shown).collect();
        let codes = codes.join(", ");
        return Wording {
            en: format!("The codes are {codes}"),
            nb: format!("Kodene er {codes}"),
            nn: format!("Kodane er {codes}"),
        };
    }
    let named = names(lists);
    Wording {
        en: format!("Take a code of list {named}; docs/codelists.md has them all"),
        nb: format!("Velg en kode fra kodeverk {named}; docs/codelists.md har alle"),
        nn: format!("Vel ein kode frå kodeverk {named}; docs/codelists.md har alle"),
    }
}

/// `9121 Hendelseskode for logistikkopplysninger`, or several with commas between.
pub(super) fn names(lists: &[&'static CodeList]) -> String {
    let names: Vec<String> = lists.iter().map(|list| format!("{} {}", list.number, list.name)).collect();
    names.join(", ")
}

fn shown(code: &Code) -> String {
    format!("'{}' {}", code.v, code.dn)
}
