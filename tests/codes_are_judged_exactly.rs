//! The promise: a code is judged by the list of its element, one fault is told once, and what is mended is right afterwards.

#[path = "support/fixtures.rs"]
#[expect(dead_code, reason = "this promise needs less of it than others")]
mod fixtures;

use bindeledd::domain::Language;
use bindeledd::messages::msghead::MANY;
use bindeledd::messages::{Judging, read};
use bindeledd::rulebook::{Direction, Finding, apply};
use bindeledd::xml::Limits;

const ADMISSION: &str = "plo/accepted/log-innlagt-1.6.xml";
const DISCHARGE: &str = "plo/accepted/utskrivningsrapport-1.6.xml";
const ROLE: &str = "<po:TypeRelasjon V=\"ARP\" S=\"2.16.578.1.12.4.1.1.8254\" DN=\"Ansvarlig for rapport\"/>";
const TELECOM: &str = "<fk1:TypeTelecom V=\"WP\" DN=\"Arbeidsplass\"/>";
const TELEPHONE: &str = "<fk1:TeleAddress V=\"tel:+4700000302\"/>";

/// A change of a fixture, the rule that it breaks ("" for none), and what stands there when it has been mended ("" if it cannot
/// be).
type Case = (&'static str, &'static str, &'static str, &'static str);

const CASES: &[Case] = &[
    // CS: V and DN.
    (TELECOM, "<fk1:TypeTelecom V=\"WP\"/>", "R-072", "<fk1:TypeTelecom DN=\"Arbeidsplass\" V=\"WP\"/>"),
    (TELECOM, "<fk1:TypeTelecom V=\"WP\" DN=\"\"/>", "R-072", TELECOM),
    (TELECOM, "<fk1:TypeTelecom DN=\"arbeidsplass\"/>", "R-072", "<fk1:TypeTelecom V=\"WP\" DN=\"arbeidsplass\"/>"),
    (TELECOM, "<fk1:TypeTelecom DN=\"Kontoret\"/>", "R-072", ""),
    // An element with nothing at all is an empty element.
    (TELECOM, "<fk1:TypeTelecom/>", "R-019", ""),
    // CV: V, S and DN, or OT.
    (
        ROLE,
        "<po:TypeRelasjon V=\"ARP\" DN=\"Ansvarlig for rapport\"/>",
        "R-073",
        "<po:TypeRelasjon S=\"2.16.578.1.12.4.1.1.8254\" V=\"ARP\" DN=\"Ansvarlig for rapport\"/>",
    ),
    (
        ROLE,
        "<po:TypeRelasjon V=\"ARP\" S=\"2.16.578.1.12.4.1.1.8254\"/>",
        "R-073",
        "<po:TypeRelasjon DN=\"Ansvarlig for rapport\" V=\"ARP\" S=\"2.16.578.1.12.4.1.1.8254\"/>",
    ),
    (ROLE, "<po:TypeRelasjon V=\"NOE\" DN=\"Noe\"/>", "R-073", ""),
    (ROLE, "<po:TypeRelasjon OT=\"Vikar for ansvarlig\"/>", "", ""),
    (ROLE, "<po:TypeRelasjon OT=\"Vikar\" S=\"2.16.578.1.12.4.1.1.8254\"/>", "", ""),
    // The code is of the list.
    (TELECOM, "<fk1:TypeTelecom V=\"wp\" DN=\"Arbeidsplass\"/>", "R-074", TELECOM),
    (TELECOM, "<fk1:TypeTelecom V=\"Arbeidsplass\" DN=\"Arbeidsplass\"/>", "R-074", TELECOM),
    (TELECOM, "<fk1:TypeTelecom V=\"QQ\" DN=\"Arbeidsplass\"/>", "R-074", ""),
    (ROLE, "<po:TypeRelasjon V=\"ARX\" S=\"2.16.578.1.12.4.1.1.8254\" DN=\"x\"/>", "R-074", ""),
    // Whatever the text says.
    (ROLE, "<po:TypeRelasjon V=\"ARP\" S=\"2.16.578.1.12.4.1.1.8254\" DN=\"Rapportansvarlig\"/>", "", ""),
    // The list is of the element.
    (ROLE, "<po:TypeRelasjon V=\"LE\" S=\"2.16.578.1.12.4.1.1.9060\" DN=\"Lege\"/>", "R-074", ""),
    (ROLE, "<po:TypeRelasjon V=\"X\" S=\"2.16.578.1.12.4.1.1.98254\" DN=\"x\"/>", "R-074", ""),
    // The list is named by its OID.
    (ROLE, "<po:TypeRelasjon V=\"ARP\" S=\"8254\" DN=\"Ansvarlig for rapport\"/>", "R-083", ROLE),
    (ROLE, "<po:TypeRelasjon V=\"ARP\" S=\"2.16.578.1.12.4.1.1.08254\" DN=\"x\"/>", "R-083", ""),
    // Telephone numbers.
    (TELEPHONE, "<fk1:TeleAddress V=\"tel: +47 00 00 03 02\"/>", "R-079", TELEPHONE),
    (TELEPHONE, "<fk1:TeleAddress V=\"+47 00 00 03 02\"/>", "R-079", TELEPHONE),
    (TELEPHONE, "<fk1:TeleAddress V=\"sentralbordet\"/>", "R-079", ""),
    (TELEPHONE, "<fk1:TeleAddress V=\"MAILTO:post@fjellvik.example\"/>", "", ""),
    // A code that came after our edition, and one that never was.
    ("<Type V=\"LOG_INNLAGT\"", "<Type V=\"DIALOG_OM_NOE_NYTT\"", "R-075", ""),
    ("<Type V=\"LOG_INNLAGT\"", "<Type V=\"LOG_OM_NOE_NYTT\"", "R-023", ""),
];

fn text_of(path: &str) -> String {
    let fixture = fixtures::all().into_iter().find(|fixture| fixture.path == path).expect("the fixture");
    String::from_utf8(fixture.bytes).expect("UTF-8")
}

fn changed(path: &str, from: &str, to: &str) -> String {
    let text = text_of(path);
    assert!(text.contains(from), "{path} has no {from}");
    text.replacen(from, to, 1)
}

fn findings(text: &str) -> Vec<Finding> {
    let judging = Judging::of(Limits::default(), Direction::Outgoing);
    read(text.as_bytes(), &judging).map_or_else(|unreadable| unreadable.findings, |parsed| parsed.findings)
}

#[test]
fn every_change_breaks_its_rule_and_no_other_that_looks_at_codes() {
    let looks_at_codes = ["R-019", "R-023", "R-072", "R-073", "R-074", "R-075", "R-079", "R-080", "R-083"];
    for (from, to, rule, mended) in CASES {
        let text = changed(ADMISSION, from, to);
        let mut found = findings(&text);
        found.retain(|finding| looks_at_codes.contains(&finding.rule.id));
        let rules: Vec<&str> = found.iter().map(|finding| finding.rule.id).collect();
        let wanted: Vec<&str> = Some(*rule).filter(|rule| !rule.is_empty()).into_iter().collect();
        assert_eq!(rules, wanted, "{to}");
        let fixes: Vec<_> = found.iter().filter_map(|finding| finding.fix.as_deref()).collect();
        let (after, made) = apply(&text, &fixes);
        assert_eq!((made == 1, made), (!mended.is_empty(), fixes.len()), "{to}");
        if !mended.is_empty() {
            assert!(after.contains(mended), "{to} becomes\n{after}");
            assert!(findings(&after).iter().all(|finding| !looks_at_codes.contains(&finding.rule.id)), "{to} is not mended");
        }
    }
}

#[test]
fn a_unit_is_of_the_list_of_units_and_what_another_rule_judges_is_left_to_it() {
    let rules =
        |path, from, to| findings(&changed(path, from, to)).iter().map(|finding| finding.rule.id).collect::<Vec<_>>();
    assert!(rules(DISCHARGE, "AdmEnkeltdose V=\"1\" U=\"g\"", "AdmEnkeltdose V=\"1\" U=\"klump\"").contains(&"R-074"));
    assert!(!rules(ADMISSION, "Forsendelsesstatus V=\"N\"", "Forsendelsesstatus V=\"Z\"").contains(&"R-074"), "R-090");
    assert!(!rules(DISCHARGE, "S=\"2.16.578.1.12.4.1.1.7110\"", "S=\"2.16.840.1.113883.6.96\"").contains(&"R-074"), "R-080");
}

#[test]
fn a_finding_says_which_code_was_meant() {
    let text = changed(ADMISSION, TELECOM, "<fk1:TypeTelecom V=\"QQ\" DN=\"Arbeidsplass\"/>");
    let found = findings(&text);
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(finding.sentence(Language::En), "'QQ' is not a code of list 9061 Type telekommunikasjon");
    assert_eq!(finding.hint(Language::Nb), "Mente du 'WP' Arbeidsplass?");
}

#[test]
fn a_message_of_nothing_but_wrong_codes_makes_no_more_findings_than_anybody_reads() {
    let wrong = "<fk1:TeleCom><fk1:TypeTelecom V=\"QQ\" DN=\"x\"/><fk1:TeleAddress V=\"tel:00\"/></fk1:TeleCom>";
    let text = changed(ADMISSION, "<fk1:TeleCom>", &format!("{}<fk1:TeleCom>", wrong.repeat(20_000)));
    let number = findings(&text).iter().filter(|finding| finding.rule.id == "R-074").count();
    assert_eq!(number, MANY);
}

#[test]
fn the_codes_of_a_receipt_are_judged_too_and_the_finding_says_where() {
    let text = changed("apprec/accepted/apprec-1.1-positive.xml", "<Status V=\"1\" DN=\"OK\"/>", "<Status V=\"1\"/>");
    let found = findings(&text);
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    let line = text.lines().position(|line| line.contains("<Status V=\"1\"/>")).map(|at| at as u32 + 1);
    assert_eq!((finding.rule.id, finding.place.map(|place| place.line)), ("R-072", line));
    assert_eq!(finding.path.as_deref(), Some("/ar:AppRec/ar:Status"));
}
