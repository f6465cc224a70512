//! How the row of an element is found: by its name, then by its standard and by what it stands in.

use super::binding::{Binding, Space};
use super::{dialog, epj, head, plo, receipt};
use std::sync::LazyLock;

/// All rows by the name of the element. A hundred short names: seven comparisons for an element that has no row.
static BY_ELEMENT: LazyLock<Vec<&'static Binding>> = LazyLock::new(|| {
    let mut rows: Vec<&Binding> =
        [head::ROWS, receipt::ROWS, dialog::ROWS, plo::ROWS, epj::ROWS].into_iter().flatten().collect();
    rows.sort_by_key(|row| (row.element, row.space, row.parent));
    rows
});

/// Every row.
pub fn all() -> &'static [&'static Binding] {
    &BY_ELEMENT
}

/// The row of an element, by its namespace, the local name of what it stands in, and its own.
pub fn binding(namespace: &str, parent: &str, element: &str) -> Option<&'static Binding> {
    let start = BY_ELEMENT.partition_point(|row| row.element < element);
    let so_called = BY_ELEMENT[start..].iter().take_while(|row| row.element == element);
    let mut here = so_called.filter(|row| row.parent.is_empty() || row.parent == parent).peekable();
    here.peek()?;
    let space = Space::of(namespace)?;
    here.find(|row| row.space == space).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codelists::by_number;

    const HEAD: &str = "http://www.kith.no/xmlstds/msghead/2006-05-24";

    #[test]
    fn an_element_is_found_where_it_stands() {
        let lists = |namespace, parent, element| binding(namespace, parent, element).map(|row| row.lists);
        assert_eq!(lists(HEAD, "MsgInfo", "Type"), Some([8279].as_slice()));
        assert_eq!(lists(HEAD, "Address", "Type"), Some([3401].as_slice()));
        assert_eq!(lists(HEAD, "Document", "Type"), None);
        assert_eq!(
            lists("http://www.kith.no/xmlstds/felleskomponent1", "AnsvarligRapport", "RoleToPatient"),
            Some([9034].as_slice())
        );
        assert_eq!(lists("urn:other", "MsgInfo", "Type"), None);
        for version in
            ["http://www.kith.no/xmlstds/po/poKomponent/2009-06-30", "http://ehelse.no/xmlstds/po/poKomponent/2017-11-30"]
        {
            assert_eq!(lists(version, "TidsfestetHendelse", "Hendelsekode"), Some([9121].as_slice()));
        }
    }

    #[test]
    fn every_row_names_lists_that_are_here_and_no_two_rows_are_for_the_same_element() {
        for row in all() {
            for list in row.lists {
                assert!(by_number(*list).is_some(), "{} is bound to {list}, which is no file of codelists/", row.element);
            }
        }
        let clash = |pair: &&[&Binding]| {
            let same = (pair[0].element, pair[0].space) == (pair[1].element, pair[1].space);
            same && (pair[0].parent.is_empty() || pair[0].parent == pair[1].parent)
        };
        assert!(all().windows(2).find(clash).is_none(), "{:?}", all().windows(2).find(clash));
    }
}
