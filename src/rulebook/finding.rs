//! A finding: one rule that does not hold at one place, with what was found and what follows.

use super::{Consequence, Detail, Fix, Rule, Wording};
use crate::domain::{Language, Reason};
use crate::xml::Place;
use std::borrow::Cow;

/// What a finding is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// The whole message.
    Message,
    /// One of its receivers, by its position in the envelope.
    Receiver(usize),
}

/// One rule that does not hold.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// Which rule.
    pub rule: &'static Rule,
    /// What follows here; a partner's configuration may have softened what the rule says.
    pub consequence: Consequence,
    /// About the message, or about one receiver.
    pub about: About,
    /// Line and column in the text as received.
    pub place: Option<Place>,
    /// XPath in the field's usual prefixes.
    pub path: Option<String>,
    /// Where its element begins, in bytes of the decoded text, as long as place and path are not worked out. Both cost time that
    /// grows with the message, so a check that finds much only notes this; whoever keeps the finding works them out.
    pub element: Option<usize>,
    /// What was found, as far as it may be shown.
    pub found: Option<Detail>,
    /// What is wrong in this very case and what to do, where the rule's own words are too general: a schema has one rule and
    /// a thousand ways of breaking it.
    pub says: Option<Box<Says>>,
    /// The edit of the text that mends it, where that is mechanical.
    pub fix: Option<Box<Fix>>,
}

/// Words of one finding instead of those of its rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Says {
    /// What is wrong.
    pub message: Wording,
    /// What to do.
    pub hint: Wording,
    /// The clause that it breaks, beside the rule's source: `cvc-complex-type.2.4.a`.
    pub clause: Cow<'static, str>,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Finding {
    /// A finding about the whole message with the consequence that the rule has.
    pub fn new(rule: &'static Rule) -> Self {
        Self {
            rule,
            consequence: rule.incoming,
            about: About::Message,
            place: None,
            path: None,
            element: None,
            found: None,
            says: None,
            fix: None,
        }
    }

    /// With words of its own.
    pub fn saying(mut self, says: Says) -> Self {
        self.says = Some(Box::new(says));
        self
    }

    /// With the edit that mends it.
    pub fn fixed_by(mut self, fix: Fix) -> Self {
        self.fix = Some(Box::new(fix));
        self
    }

    /// Where.
    pub fn at(mut self, place: Place, path: impl Into<String>) -> Self {
        self.place = Some(place);
        self.path = Some(path.into());
        self
    }

    /// At the element that begins at this byte; place and path are worked out later.
    pub fn at_element(mut self, offset: usize) -> Self {
        self.element = Some(offset);
        self
    }

    /// On which path, when there is no place to point at because something is missing.
    pub fn on(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// What was found.
    pub fn found(mut self, detail: Detail) -> Self {
        self.found = Some(detail);
        self
    }

    /// About one receiver only.
    pub fn about_receiver(mut self, position: usize) -> Self {
        self.about = About::Receiver(position);
        self
    }

    /// With another consequence than the rule's own.
    pub fn with(mut self, consequence: Consequence) -> Self {
        self.consequence = consequence;
        self
    }

    /// The reason of the refusal, if it is one.
    pub fn refusal(&self) -> Option<Reason> {
        match self.consequence {
            Consequence::Refuse(reason) => Some(reason),
            Consequence::Block
            | Consequence::Hold
            | Consequence::Ignore
            | Consequence::Warn
            | Consequence::Note
            | Consequence::ByDesign => None,
        }
    }

    /// The finding as one sentence: what must hold, what was found. Without the first words it would say that all is well.
    pub fn sentence(&self, language: Language) -> String {
        if let Some(says) = &self.says {
            return says.message.in_language(language).to_string();
        }
        let (must, holds) = (MUST_HOLD.in_language(language), self.rule.holds.in_language(language));
        match &self.found {
            Some(found) => {
                let found = found.in_language(language).trim_end_matches('.');
                format!("{must}: {holds} ({}: {found})", FOUND.in_language(language))
            }
            None => format!("{must}: {holds}"),
        }
    }
}

const MUST_HOLD: crate::domain::Text = crate::domain::Text { en: "Must hold", nb: "Krav", nn: "Krav" };
const FOUND: crate::domain::Text = crate::domain::Text { en: "found", nb: "funnet", nn: "funne" };

impl Finding {
    /// What to do about it.
    pub fn hint(&self, language: Language) -> &str {
        match &self.says {
            Some(says) => says.hint.in_language(language),
            None => self.rule.hint.in_language(language),
        }
    }
}

/// A list of findings, and what it amounts to.
pub trait Findings {
    /// Those about the whole message that refuse it.
    fn refusals(&self) -> impl Iterator<Item = &Finding>;
    /// Those about the whole message that hold it for a person.
    fn holds(&self) -> impl Iterator<Item = &Finding>;
    /// Those about the whole message that keep it from being sent.
    fn blocks(&self) -> impl Iterator<Item = &Finding>;
    /// Those that refuse one receiver.
    fn refusals_of(&self, receiver: usize) -> impl Iterator<Item = &Finding>;
}

impl Findings for [Finding] {
    fn refusals(&self) -> impl Iterator<Item = &Finding> {
        self.iter().filter(|f| f.about == About::Message && f.refusal().is_some())
    }

    fn holds(&self) -> impl Iterator<Item = &Finding> {
        self.iter().filter(|f| f.about == About::Message && f.consequence == Consequence::Hold)
    }

    fn blocks(&self) -> impl Iterator<Item = &Finding> {
        self.iter().filter(|f| f.consequence == Consequence::Block)
    }

    fn refusals_of(&self, receiver: usize) -> impl Iterator<Item = &Finding> {
        self.iter().filter(move |f| f.about == About::Receiver(receiver) && f.refusal().is_some())
    }
}
