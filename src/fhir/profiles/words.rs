//! Each demand in one sentence for people.

use super::table::{Demand, Wish};
use crate::domain::{Language, Text};

const SOME: Text = Text {
    en: "The profile {profile} demands `{path}` here.",
    nb: "Profilen {profile} krever `{path}` her.",
    nn: "Profilen {profile} krev `{path}` her.",
};
const FIXED: Text = Text {
    en: "By the profile {profile}, this must be `{value}`.",
    nb: "Etter profilen {profile} må dette være `{value}`.",
    nn: "Etter profilen {profile} må dette vere `{value}`.",
};
const CODE: Text = Text {
    en: "By the profile {profile}, one of the codes must be of the value set {value}.",
    nb: "Etter profilen {profile} må en av kodene være fra verdisettet {value}.",
    nn: "Etter profilen {profile} må ein av kodane vere frå verdisettet {value}.",
};
const ONCE: Text = Text {
    en: "By the profile {profile}, this extension may stand here only once.",
    nb: "Etter profilen {profile} kan denne utvidelsen bare stå her én gang.",
    nn: "Etter profilen {profile} kan denne utvidinga berre stå her éin gong.",
};

impl Demand {
    /// What is demanded, in one sentence.
    pub fn sentence(&self, language: Language) -> String {
        let (text, value) = match &self.wish {
            Wish::Some | Wish::Type(_) => (SOME, ""),
            Wish::Fixed(value) => (FIXED, *value),
            Wish::Code(name, ..) => (CODE, *name),
            Wish::Once(_) => (ONCE, ""),
        };
        let text = text.in_language(language).replace("{profile}", self.profile).replace("{path}", self.path);
        text.replace("{value}", value)
    }

    /// The code of `OperationOutcome.issue.code` that fits.
    pub fn code(&self) -> &'static str {
        match self.wish {
            Wish::Some | Wish::Type(_) => "required",
            Wish::Fixed(_) => "value",
            Wish::Code(..) => "code-invalid",
            Wish::Once(_) => "structure",
        }
    }
}
