//! The attributes that a coded value lacks, where the others leave no doubt about them.

use crate::codelists::{Code, CodeList};
use crate::messages::bindings::{CodedValue, Kind};
use crate::rulebook::{Edit, Fix};

/// Adds `V`, `S` or `DN`, whichever is not there, if exactly one code of the element's lists can be meant.
pub(super) fn completed(value: &CodedValue<'_>) -> Option<Fix> {
    let (list, code) = meant(value)?;
    let (oid, is_cv) = (list.oid(), value.row.kind == Kind::Cv);
    let wanted = [("V", value.code, code.v), ("S", value.s, oid.as_str()), ("DN", value.dn, code.dn)];
    let mut edits = Vec::new();
    let mut further = String::new();
    for (name, there, wanted) in wanted {
        if !there.is_empty() || name == "S" && !is_cv {
            continue;
        }
        match value.node.attribute(name) {
            // Codes and texts of the lists have no character that must be escaped; the reading of the lists sees to it.
            None => further += &format!(" {name}=\"{wanted}\""),
            Some(_) => edits.push(Edit::new(value.node.attribute_bytes(name)?, wanted)),
        }
    }
    if !further.is_empty() {
        let at = value.node.behind_name();
        edits.push(Edit::new(at..at, further));
    }
    edits.sort_by_key(|edit| edit.bytes.start);
    (!edits.is_empty()).then_some(Fix { edits })
}

/// The one code that `V`, or else `DN`, can stand for.
fn meant(value: &CodedValue<'_>) -> Option<(&'static CodeList, &'static Code)> {
    let mut lists: Vec<_> = value.lists().collect();
    if lists.is_empty() && value.s.is_empty() {
        lists.extend(value.bound_lists());
    }
    let dn = value.dn.trim().to_lowercase();
    let fits = |code: &&Code| match value.code {
        "" => !dn.is_empty() && code.dn.to_lowercase() == dn,
        v => code.v == v,
    };
    let mut found = lists.into_iter().flat_map(|list| list.codes().iter().filter(fits).map(move |code| (list, code)));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}
