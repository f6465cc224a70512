//! The word that was probably meant.

/// The candidate that is nearest to what was written, if one is near enough to be a slip of the finger.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let allowed = (written.chars().count() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&written, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A suggestion: the nearest word, or else all that are known.
pub fn did_you_mean<'a>(written: &str, kind: &str, candidates: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match nearest(written, candidates.clone()) {
        Some(word) => format!("did you mean `{word}`?"),
        None => {
            let known: Vec<_> = candidates.into_iter().collect();
            if known.is_empty() { format!("there are no {kind}") } else { format!("the {kind} are: {}", known.join(", ")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_the_word_and_another_word_does_not() {
        let known = ["receives", "sends", "title"];
        assert_eq!(nearest("recieves", known), Some("receives"));
        assert_eq!(nearest("Title", known), Some("title"));
        assert_eq!(nearest("password", known), None);
    }

    #[test]
    fn a_suggestion_without_a_near_word_tells_all_that_are_known() {
        assert_eq!(did_you_mean("x", "keys", ["alpha", "beta"]), "the keys are: alpha, beta");
        assert_eq!(did_you_mean("bta", "keys", ["alpha", "beta"]), "did you mean `beta`?");
        assert_eq!(did_you_mean("x", "partners", []), "there are no partners");
    }
}
