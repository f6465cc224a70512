//! For how long what is kept: a period for each class, in whole calendar months (UTC).

use super::{Month, Timestamp};

/// What is kept for a time of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// The bytes of messages.
    Content,
    /// Messages without their bytes: envelopes, findings, deliveries, attempts, whom they are about.
    Metadata,
    /// Lines of the history.
    History,
}

impl Class {
    /// All of them, in the order in which they go.
    pub const ALL: [Self; 3] = [Self::Content, Self::Metadata, Self::History];

    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Metadata => "metadata",
            Self::History => "history",
        }
    }

    /// From that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == word)
    }
}

/// For how many months after the one in which it was written each class is kept; `None`: for ever.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Retention {
    /// Content.
    pub content: Option<u32>,
    /// Metadata.
    pub metadata: Option<u32>,
    /// The history.
    pub history: Option<u32>,
}

impl Retention {
    /// The period of a class.
    pub fn of(&self, class: Class) -> Option<u32> {
        match class {
            Class::Content => self.content,
            Class::Metadata => self.metadata,
            Class::History => self.history,
        }
    }

    /// True when all is kept for ever.
    pub fn is_for_ever(&self) -> bool {
        *self == Self::default()
    }

    /// The first months that are still kept at a moment.
    pub fn first_kept(&self, now: Timestamp) -> FirstKept {
        let first = |months: Option<u32>| months.map(|months| Month::of(now).back(months));
        FirstKept { content: first(self.content), metadata: first(self.metadata), history: first(self.history) }
    }
}

/// The first month of each class that is kept; what is older goes. `None`: nothing of it does.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct FirstKept {
    content: Option<Month>,
    metadata: Option<Month>,
    history: Option<Month>,
}

impl FirstKept {
    /// Only of one class, by hand.
    pub fn only(class: Class, month: Month) -> Self {
        let of = |one: Class| (one == class).then_some(month);
        Self { content: of(Class::Content), metadata: of(Class::Metadata), history: of(Class::History) }
    }

    /// Of a class.
    pub fn of(&self, class: Class) -> Option<Month> {
        match class {
            Class::Content => self.content,
            Class::Metadata => self.metadata,
            Class::History => self.history,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_counts_whole_months_from_the_end_of_the_month() {
        let retention = Retention { content: Some(24), metadata: Some(0), history: None };
        let first = retention.first_kept(Timestamp::parse_xs_date_time("2026-11-30T12:00:00Z").expect("a time"));
        let shown = Class::ALL.map(|class| first.of(class).map(|month| month.to_string()));
        assert_eq!(shown, [Some("2024-11".into()), Some("2026-11".into()), None]);
        assert!(Retention::default().is_for_ever() && !retention.is_for_ever());
    }

    #[test]
    fn a_class_is_known_by_its_word() {
        for class in Class::ALL {
            assert_eq!(Class::parse(class.as_str()), Some(class));
            let only = FirstKept::only(class, Month::of(Timestamp::from_millis(0)));
            assert_eq!(Class::ALL.into_iter().filter(|one| only.of(*one).is_some()).collect::<Vec<_>>(), [class]);
        }
        assert_eq!(Class::parse("all"), None);
    }
}
