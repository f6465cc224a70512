//! The content of a PLO message as rules look at it: the same few ways of finding things in 1.5, 1.6 and 2.0.
//!
//! Elements are found by their local names: the versions differ in namespace, hardly in name, and what stands in a wrong
//! namespace is for the schema to say. Nothing is assumed to be there, for a message may be wrong in more than one way.

use super::moment::Moment;
use crate::messages::coded::Coded;
use crate::messages::content::{child, has};
use crate::messages::fields::coded;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Detail, Finding, Rule};
use crate::xml::Node;

/// The clinical message inside a PLO message.
pub struct Content<'t> {
    /// Its root element.
    pub root: Node<'t>,
    version: &'static str,
    code: &'static str,
}

impl<'t> Content<'t> {
    /// The content of a message.
    pub fn of(head: &'t HeadView<'_>) -> Option<Self> {
        Some(Self { root: head.content()?, version: head.kind.version, code: head.kind.code })
    }

    /// The content, if it is of one of these types and not a cancellation: that one repeats what it withdraws only as far as
    /// the schema demands, and says why in a free text (HISD 1154).
    pub fn to_be_complete(head: &'t HeadView<'_>, codes: &[&str]) -> Option<Self> {
        let content = Self::of(head).filter(|content| codes.contains(&content.code))?;
        (content.status() != Some("C")).then_some(content)
    }

    /// A logistics message that is what its type says, and what it tells. Where the two differ, that is for R-168 to say.
    pub fn notice(head: &'t HeadView<'_>, code: &str, element: &str) -> Option<(Self, Node<'t>)> {
        let content = Self::to_be_complete(head, &[code])?;
        let notice = child(content.root, element)?;
        Some((content, notice))
    }

    /// A message to be complete of version 1.6: to its profiles of 2014 and 2019 there is nothing like in 1.5, and 2.0 has none yet.
    pub fn of_profile(head: &'t HeadView<'_>, code: &str) -> Option<Self> {
        Self::to_be_complete(head, &[code]).filter(|content| content.version == "1.6")
    }

    /// True for version 2.0, which keeps what is common to all messages in an element of its own.
    pub fn is_2_0(&self) -> bool {
        self.version == "2.0"
    }

    /// True for version 1.5.
    pub fn is_1_5(&self) -> bool {
        self.version == "1.5"
    }

    /// `MsgInfo/Type`, as the catalogue has it.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// True for the messages on a patient's whereabouts, with the root `Pasientlogistikk`.
    pub fn is_logistics(&self) -> bool {
        self.code.starts_with("LOG_")
    }

    /// Where the common elements stand: next of kin, responsible unit and clinician.
    pub fn common(&self) -> Node<'t> {
        child(self.root, "FellesAdministrativeOpplysninger").unwrap_or(self.root)
    }

    /// `InformasjonOmForsendelsen`.
    pub fn sending(&self) -> Option<Node<'t>> {
        child(self.common(), "InformasjonOmForsendelsen")
    }

    /// `Forsendelsesstatus/@V`.
    pub fn status(&self) -> Option<&'t str> {
        child(self.sending()?, "Forsendelsesstatus")?.attribute("V")
    }

    /// `Foresporsel`: the request that this message answers.
    pub fn request(&self) -> Option<Node<'t>> {
        child(self.sending()?, "Foresporsel")
    }

    /// Whether there is a `Journaltekst` with words under this heading of this list.
    pub fn tells(&self, head: &HeadView<'t>, list: &str, heading: &str) -> bool {
        head.survey.journal_texts.iter().any(|text| {
            let code = coded_in(*text, "Overskriftskode");
            code.v.trim() == heading && is_of(&code, list) && has(*text, "Notat")
        })
    }

    /// A finding when nobody is named who decided: `AnsvarForRapport` (HITS 1174).
    pub fn wants_a_decider(&self, rule: &'static Rule) -> Option<Finding> {
        let deciders = along(self.common(), &["AnsvarForRapport", "AnsvarligRapport", "FamilyName"]);
        let steps = ["AnsvarForRapport", "AnsvarligRapport", "fk1:FamilyName"];
        let found = Detail::words("no clinician who decided", "ikke noe beslutningsansvarlig helsepersonell");
        (!deciders.into_iter().any(Node::has_text)).then(|| self.missing(rule, self.common(), &steps).found(found))
    }

    /// A finding about something that is not there: it points at the element it should stand in, and names the way to it.
    pub fn missing(&self, rule: &'static Rule, from: Node<'t>, steps: &[&str]) -> Finding {
        let component = match self.version {
            "1.5" => "po15",
            "2.0" => "po20",
            _ => "po",
        };
        let mut path = from.path(place::PREFIXES);
        for step in steps {
            let prefix = if step.contains(':') { String::new() } else { format!("{component}:") };
            path += &format!("/{prefix}{step}");
        }
        Finding::new(rule).at(from.place(), path)
    }
}

/// A `TidsfestetHendelse`.
#[derive(Clone, Copy)]
pub struct Event<'t>(pub Node<'t>);

impl<'t> Event<'t> {
    /// All of a message, in order.
    pub fn all(head: &HeadView<'t>) -> Vec<Self> {
        head.survey.events.iter().copied().map(Self).collect()
    }

    /// `Hendelsekode/@V`, list 9121; empty when there is none.
    pub fn code(self) -> &'t str {
        child(self.0, "Hendelsekode").and_then(|code| code.attribute("V")).unwrap_or_default().trim()
    }

    /// `Anslag`: the time is an estimate.
    pub fn is_estimate(self) -> bool {
        is_true(child(self.0, "Anslag"))
    }

    /// `TidspunktForHendelse`: an attribute in 1.5 and 1.6, the text in 2.0.
    pub fn moment(self) -> Option<Moment<'t>> {
        let time = child(self.0, "TidspunktForHendelse")?;
        Moment::read(time.attribute("V").unwrap_or(text_of(time)))
    }

    /// The element of the time, to point at; the event itself where it has none.
    pub fn time(self) -> Node<'t> {
        child(self.0, "TidspunktForHendelse").unwrap_or(self.0)
    }
}

/// The elements that can be reached by these steps, in order.
pub fn along<'t>(node: Node<'t>, steps: &[&str]) -> Vec<Node<'t>> {
    steps.iter().fold(vec![node], |nodes, step| {
        nodes.into_iter().flat_map(|node| node.children().filter(|child| child.name().local == *step)).collect()
    })
}

/// Whether an element is there and says yes (`xs:boolean`).
pub fn is_true(node: Option<Node<'_>>) -> bool {
    node.is_some_and(|node| matches!(node.text().trim(), "true" | "1"))
}

/// The coded value of a child; empty when it is not there.
pub fn coded_in(node: Node<'_>, local: &str) -> Coded {
    child(node, local).map(coded).unwrap_or_default()
}

/// Whether a coded value says that it is of this list (HIS 80117: the OID ends with the number).
pub fn is_of(code: &Coded, list: &str) -> bool {
    code.s.trim().rsplit('.').next() == Some(list)
}

/// The text of an element that has nothing but text; empty where something divides it.
fn text_of(node: Node<'_>) -> &str {
    match node.text() {
        std::borrow::Cow::Borrowed(text) => text,
        std::borrow::Cow::Owned(_) => "",
    }
}
