//! Messages with something missing or wrong in the head, and messages at the wrong time.

use super::case::{
    Case, Expect, GP, HELD, HOSPITAL, OFFICE, REFUSED, UNREADABLE, apprec_for, body, edited, id_of, letter, letter_with,
    letter_without, new_id, story, without,
};

pub fn cases() -> Vec<Case> {
    [parts_missing(), parts_wrong(), addresses(), repetitions(), apprecs()].into_iter().flatten().collect()
}

fn parts_missing() -> Vec<Case> {
    let sender = letter();
    let (before, rest) = sender.split_once("<Sender>").expect("a sender");
    let empty_sender = format!("{before}<Sender/>{}", rest.split_once("</Sender>").expect("its end").1);
    vec![
        body("a head that is empty", "<MsgHead xmlns=\"http://www.kith.no/xmlstds/msghead/2006-05-24\"/>", UNREADABLE),
        body("without MsgInfo", letter_without("MsgInfo"), UNREADABLE),
        body("without Type", letter_without("Type V"), UNREADABLE),
        body("without MIGversion", letter_without("MIGversion"), REFUSED),
        body("without GenDate", letter_without("GenDate"), UNREADABLE),
        body("without MsgId", letter_without("MsgId"), UNREADABLE),
        body("with an empty MsgId", empty_msg_id(), UNREADABLE),
        body("without Sender", letter_without("Sender"), UNREADABLE),
        body("with an empty Sender", empty_sender, UNREADABLE),
        body("without Receiver", letter_without("Receiver"), UNREADABLE),
        body("without Patient", letter_without("Patient"), REFUSED),
        body("without the patient's family name", letter_without("FamilyName"), Expect::Receipt("accepted")),
        body("without Document", letter_without("Document"), REFUSED),
        body("without RefDoc", letter_without("RefDoc"), REFUSED),
        body("without Content", letter_without("Content"), REFUSED),
    ]
}

fn empty_msg_id() -> String {
    let letter = letter();
    let id = id_of(&letter).to_string();
    letter.replace(&id, "  ")
}

fn parts_wrong() -> Vec<Case> {
    let id = letter();
    let not_a_uuid = id.replace(id_of(&id), "INNLAGT-2026-000026");
    let number_for_id = letter();
    let number_for_id = number_for_id.replace(id_of(&number_for_id), "14854131010");
    vec![
        body("an empty Type", letter_with(&[("Type V=\"LOG_INNLAGT\"", "Type V=\"\"")]), REFUSED),
        body("a Type that the receiver does not support", letter_with(&[("LOG_INNLAGT", "SVAR_LAB")]), REFUSED),
        body("a MIGversion of long ago", letter_with(&[("v1.2 2006-05-24", "v1.1 2005-03-22")]), REFUSED),
        body("a MsgId that is no UUID", not_a_uuid, REFUSED),
        body("a person's number for MsgId", number_for_id, REFUSED),
        body("an attachment first", letter_with(&[("MsgType V=\"XML\"", "MsgType V=\"A\"")]), REFUSED),
        body("a patient without any number", letter_with(&[("V=\"FNR\"", "V=\"ZZZ\"")]), REFUSED),
    ]
}

fn addresses() -> Vec<Case> {
    let foreign = || letter_with(&[("9000300", "9000200"), ("9000302", "9000201")]);
    vec![
        body("a sender of another partner", foreign(), Expect::Problem(403, "sender-not-yours")),
        story("the token of another partner", &[(GP, letter())], Expect::Problem(403, "sender-not-yours")),
        body("a sender whom nobody knows", letter_with(&[("9000302", "9000399")]), Expect::Problem(403, "sender-not-yours")),
        body("a sender without HER-ids", letter_with(&[("<Id>9000300<", "<Id><"), ("<Id>9000302<", "<Id><")]), UNREADABLE),
        body(
            "a sender whose HER-id is no number",
            letter_with(&[("<Id>9000300<", "<Id>ni millioner<"), ("<Id>9000302<", "<Id>x<")]),
            UNREADABLE,
        ),
        body("a receiver whom nobody knows", letter_with(&[("9000100", "9000900"), ("9000101", "9000901")]), HELD),
        body("a receiver without HER-ids", letter_with(&[("<Id>9000100<", "<Id><"), ("<Id>9000101<", "<Id><")]), HELD),
        body("a service that we do not have", letter_with(&[("9000101", "9000199")]), REFUSED),
        body("an organisation without its service", letter_with(&[("<Id>9000101<", "<Id><")]), REFUSED),
        body("a service without its organisation", letter_with(&[("<Id>9000100<", "<Id><")]), REFUSED),
    ]
}

fn repetitions() -> Vec<Case> {
    let (again, reused, refused) = (letter(), letter(), letter_without("Patient"));
    let other = edited(&reused, &[("2026-03-02T09:40", "2026-03-02T09:50")]);
    let capitals = edited(&again, &[(id_of(&again), &id_of(&again).to_uppercase())]);
    vec![
        story("the same message again", &[(HOSPITAL, again.clone()), (HOSPITAL, again.clone())], Expect::Repeated),
        story("a refused message again", &[(HOSPITAL, refused.clone()), (HOSPITAL, refused)], Expect::Repeated),
        story("other content under a MsgId", &[(HOSPITAL, reused), (HOSPITAL, other)], Expect::Problem(409, "msgid-reused")),
        body_after("a MsgId in capital letters that was there in small ones", again, capitals),
    ]
}

/// The earlier message may have been sent by another case; it gets its receipt again.
fn body_after(name: &'static str, earlier: String, then: String) -> Case {
    let same = id_of(&earlier) == id_of(&then);
    let expect = if same { Expect::Repeated } else { Expect::Problem(409, "msgid-reused") };
    story(name, &[(HOSPITAL, earlier), (HOSPITAL, then)], expect)
}

fn apprecs() -> Vec<Case> {
    let (first, second, stranger, incomplete) = (letter(), letter(), letter(), letter());
    let answer = |message: &str| apprec_for(id_of(message));
    let as_gp = |message: &str| edited(&answer(message), &[("9000100", "9000200"), ("9000101", "9000201")]);
    vec![
        story("an AppRec for a message that nobody sent", &[(OFFICE, apprec_for(&new_id()))], HELD),
        story(
            "a second AppRec",
            &[(HOSPITAL, second.clone()), (OFFICE, answer(&second)), (OFFICE, answer(&second))],
            Expect::Receipt("duplicate"),
        ),
        story(
            "an AppRec from a partner that did not get the message",
            &[(HOSPITAL, stranger.clone()), (GP, as_gp(&stranger))],
            HELD,
        ),
        story(
            "an AppRec as somebody else",
            &[(HOSPITAL, first.clone()), (GP, answer(&first))],
            Expect::Problem(403, "sender-not-yours"),
        ),
        story(
            "an AppRec that does not say what it answers",
            &[(OFFICE, without(&answer(&incomplete), "OriginalMsgId"))],
            UNREADABLE,
        ),
        story("an AppRec without status", &[(OFFICE, without(&answer(&incomplete), "Status"))], UNREADABLE),
        story("an AppRec without sender", &[(OFFICE, without(&answer(&incomplete), "Sender"))], UNREADABLE),
    ]
}
