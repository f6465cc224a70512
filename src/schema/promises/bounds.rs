//! Whatever is written, the work grows with its length and the problems have a bound.

use super::super::problem::ProblemKind;
use super::super::validate::validate;
use super::support::{model, set};
use crate::xml::Limits;

#[test]
fn after_a_thousand_problems_one_says_that_there_are_more() {
    let set = set(&model("<xs:sequence><xs:element name='a' type='xs:int' maxOccurs='unbounded'/></xs:sequence>"));
    let text = |wrong: usize| format!("<r xmlns='urn:t'>{}</r>", "<a>x</a>".repeat(wrong));
    let (problems, _) = validate(&set, &text(1000), &Limits::default());
    assert!(problems.len() == 1000 && problems.iter().all(|problem| problem.kind != ProblemKind::More));
    let (problems, _) = validate(&set, &text(5000), &Limits::default());
    assert_eq!((problems.len(), &problems[1000].kind), (1001, &ProblemKind::More));
}

#[test]
fn a_hundred_thousand_siblings_in_a_model_of_a_thousand_names_are_judged() {
    let names: String = (0..1000).map(|n| format!("<xs:element name='n{n}' type='xs:int' minOccurs='0'/>")).collect();
    let set = set(&model(&format!("<xs:choice maxOccurs='unbounded'>{names}</xs:choice>")));
    let siblings: String = (0..100_000).map(|n| format!("<n{}>{n}</n{}>", n % 1000, n % 1000)).collect();
    let (problems, trouble) = validate(&set, &format!("<r xmlns='urn:t'>{siblings}</r>"), &Limits::default());
    assert_eq!((problems, trouble), (Vec::new(), None));
}

#[test]
fn a_hundred_thousand_elements_in_a_wrong_namespace_are_one_problem() {
    let set = set(&model("<xs:sequence><xs:element name='a' type='xs:int' maxOccurs='unbounded'/></xs:sequence>"));
    let (problems, _) = validate(&set, &format!("<r xmlns='urn:x'>{}</r>", "<a>1</a>".repeat(100_000)), &Limits::default());
    assert_eq!(problems.len(), 1);
}
