//! The particulars of a line as JSON, in their order.

use crate::domain::{Fault, Particular, Particulars};
use serde_json::{Map, Value};

/// As one line of text.
pub(super) fn json(particulars: &Particulars) -> Result<String, Fault> {
    serde_json::to_string(&group(particulars)).map_err(Fault::lasting)
}

fn group(particulars: &Particulars) -> Value {
    Value::Object(particulars.iter().map(|(name, value)| (name.to_owned(), of(value))).collect::<Map<_, _>>())
}

fn of(value: &Particular) -> Value {
    match value {
        Particular::Number(number) => Value::from(*number),
        Particular::Word(word) => Value::from(word.as_str()),
        Particular::Several(values) => values.iter().map(of).collect(),
        Particular::Group(particulars) => group(particulars),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particulars_stand_in_their_order_in_one_line() {
        let inner = Particulars::default().with("organisation", 8_i64);
        let all = Particulars::default().with("word", "a\"b\nc").with("several", vec![inner.into(), 1_i64.into()]);
        assert_eq!(json(&all).expect("JSON"), r#"{"word":"a\"b\nc","several":[{"organisation":8},1]}"#);
    }
}
