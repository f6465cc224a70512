//! What is checked and then skipped: comments, processing instructions and the declaration. It knows their syntax only.
//! Each function gets the text and where the markup begins and ends in it, its marks included.

use super::chars::is_white;
use super::declaration;
use super::names::ncname_len;
use super::trouble::{Fail, Malformed};

/// Production 15: no `--`, and no third hyphen at the end.
pub(super) fn check_comment(text: &str, at: usize, end: usize) -> Result<(), Fail> {
    let from = at + "<!--".len();
    // The first hyphen of the closing mark is looked at too.
    let content = &text.as_bytes()[from..end - "->".len()];
    match memchr::memmem::find(content, b"--") {
        Some(offset) => Err(Fail::malformed(Malformed::DoubleHyphenInComment, from + offset)),
        None => Ok(()),
    }
}

/// Productions 16 and 17; Namespaces 1.0 takes the colon out of the name.
pub(super) fn check_instruction(text: &str, at: usize, end: usize) -> Result<(), Fail> {
    let content = &text[at + "<?".len()..end - "?>".len()];
    let target = ncname_len(content);
    let is_spaced = content.as_bytes().get(target).is_none_or(|&b| is_white(b));
    if target == 0 || !is_spaced {
        Err(Fail::malformed(Malformed::BadProcessingInstruction, at))
    } else if content[..target].eq_ignore_ascii_case("xml") {
        Err(Fail::malformed(Malformed::ReservedTarget, at))
    } else {
        Ok(())
    }
}

/// Production 23, at the very start only.
pub(super) fn check_declaration(text: &str, at: usize, end: usize) -> Result<(), Fail> {
    if at > 0 {
        return Err(Fail::malformed(Malformed::MisplacedDeclaration, at));
    }
    match declaration::read(text)? {
        Some(read) if read.len == end => Ok(()),
        _ => Err(Fail::malformed(Malformed::BadDeclaration, at)),
    }
}
