//! All code lists, compiled in, and how one is found.

use super::list::{CodeList, OID_STEM};
use super::reading::read;
use std::sync::LazyLock;

macro_rules! files {
    ($($number:literal,)*) => {
        &[$(($number, include_str!(concat!("../../codelists/", $number, ".txt"))),)*]
    };
}

/// A new list is a file under `codelists/` and its number here, in the order of numbers.
#[rustfmt::skip]
static FILES: &[(u32, &str)] = files![
    1103, 1204, 3101, 3109, 3303, 3401, 3402, 4702, 7110, 7170, 7171, 7180, 7300, 7304, 7309, 7321, 7322, 7448, 7601, 7602,
    7603, 7604, 7605, 7606, 7613, 8112, 8113, 8114, 8115, 8116, 8117, 8151, 8221, 8222, 8223, 8230, 8235, 8254, 8258, 8279,
    8324, 8329, 8330, 8331, 8408, 8422, 8431, 8432, 8434, 8658, 8659, 8660, 8663, 8664, 8666, 8668, 8669, 8724, 9033, 9034,
    9040, 9043, 9050, 9051, 9057, 9060, 9061, 9064, 9065, 9066, 9067, 9068, 9069, 9077, 9078, 9081, 9082, 9083, 9088, 9090,
    9092, 9101, 9103, 9104, 9111, 9113, 9114, 9115, 9121, 9131, 9132, 9135, 9136, 9137, 9138, 9139, 9140, 9141, 9142, 9143,
    9145, 9148, 9151, 9152, 9153, 9154, 9155, 9160, 9161, 9502, 9536, 9602,
];

/// Read once, at the first question: some 50 kB of text, well below a millisecond.
static LISTS: LazyLock<Vec<CodeList>> =
    LazyLock::new(|| FILES.iter().map(|(_, text)| read(text).expect("a test reads every file")).collect());

/// Every list, by number.
pub fn all() -> &'static [CodeList] {
    &LISTS
}

/// The list with this number.
pub fn by_number(number: u32) -> Option<&'static CodeList> {
    let at = LISTS.binary_search_by_key(&number, |list| list.number).ok()?;
    Some(&LISTS[at])
}

/// The list with this OID, as `S` has it.
pub fn by_oid(oid: &str) -> Option<&'static CodeList> {
    let number = oid.strip_prefix(OID_STEM)?;
    // `+8279` and `08279` are numbers, but no arcs of an OID.
    let plain = number.bytes().all(|byte| byte.is_ascii_digit()) && !number.starts_with('0');
    by_number(number.parse().ok().filter(|_| plain)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codelists::{Membership, Standing, Validity};

    #[test]
    fn every_file_is_read_and_is_called_by_the_number_of_its_list() {
        for (number, text) in FILES {
            match read(text) {
                Ok(list) => assert_eq!(list.number, *number, "codelists/{number}.txt holds another list"),
                Err(trouble) => panic!("codelists/{number}.txt: {trouble}"),
            }
        }
        assert!(all().is_sorted_by(|a, b| a.number < b.number), "FILES is not in the order of numbers");
        for list in all() {
            if let Validity::ReplacedBy(other) = list.validity {
                assert!(by_number(other).is_some(), "{} is replaced by a list that is not here", list.number);
            }
        }
    }

    #[test]
    fn a_list_is_found_by_its_oid_and_by_nothing_like_it() {
        let number = |oid: &str| by_oid(oid).map(|list| list.number);
        assert_eq!(number("2.16.578.1.12.4.1.1.9121"), Some(9121));
        assert_eq!(
            all().iter().map(|list| number(&list.oid())).collect::<Vec<_>>(),
            all().iter().map(|list| Some(list.number)).collect::<Vec<_>>()
        );
        for wrong in [
            "9121",
            "2.16.578.1.12.4.1.1.",
            "2.16.578.1.12.4.1.1.+9121",
            "2.16.578.1.12.4.1.1.09121",
            "2.16.578.1.12.4.1.1.9121.1",
            "2.16.578.1.12.4.1.1.99999999999",
        ] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_code_is_a_member_or_possible_or_a_stranger() {
        let membership = |list, code| by_number(list).expect("a list").membership(code);
        let standing = |list, code| match membership(list, code) {
            Membership::Member(code) => Some(code.standing),
            Membership::Possible | Membership::Stranger => None,
        };
        assert_eq!(standing(8279, "LOG_INNLAGT"), Some(Standing::Published));
        assert_eq!(standing(9034, "24"), Some(Standing::Later));
        assert_eq!(standing(9141, "11"), Some(Standing::Withdrawn));
        assert_eq!(membership(8279, "DIALOG_OM_NOE_NYTT"), Membership::Possible);
        assert_eq!(membership(8279, "LOG_OM_NOE_NYTT"), Membership::Stranger);
        assert_eq!(membership(9602, "K01-2"), Membership::Possible);
        assert_eq!(membership(9602, " "), Membership::Stranger);
        assert_eq!(membership(3303, "NO"), Membership::Possible);
        assert_eq!(membership(3303, "Norsk"), Membership::Stranger);
        assert_eq!(membership(7180, "N02BE01"), Membership::Possible);
    }

    #[test]
    fn the_code_that_was_meant_is_found_and_none_is_invented() {
        let nearest = |list, written| by_number(list).expect("a list").nearest(written).map(|code| code.v);
        assert_eq!(nearest(8279, "LOG_INLAGT"), Some("LOG_INNLAGT"));
        assert_eq!(nearest(8279, "DIALOG-NOTAT"), Some("DIALOG_NOTAT"));
        assert_eq!(nearest(8279, "log_dod"), Some("LOG_DOD"));
        assert_eq!(nearest(8116, "fnr"), Some("FNR"));
        assert_eq!(nearest(9121, "Pasient utskrevet"), Some("2"));
        assert_eq!(nearest(9066, "Annet"), None, "several codes have this text");
        assert_eq!(nearest(9121, "6"), None, "any other digit would be as near");
        assert_eq!(nearest(8116, "ANR"), None, "DNR, FNR and HNR are equally near");
        assert_eq!(nearest(8279, &"X".repeat(1_000_000)), None);
    }
}
