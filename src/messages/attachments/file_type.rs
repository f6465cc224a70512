//! Which type of file begins with which bytes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A PDF may have something before its mark, as readers of PDF allow: so many bytes at most.
const BEFORE_THE_MARK_MAX: usize = 1024;

/// So many bytes of a file are looked at: whole groups of three, as base64 has them.
const LOOKED_AT_BYTES: usize = (BEFORE_THE_MARK_MAX + 8) / 3 * 3;

/// Types that can be told by how they begin. A type that stands here twice may begin in either way.
static BEGINNINGS: &[(&str, &[u8])] = &[
    ("image/jpeg", b"\xff\xd8\xff"),
    ("image/jpg", b"\xff\xd8\xff"),
    ("image/pjpeg", b"\xff\xd8\xff"),
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/tiff", b"II*\0"),
    ("image/tiff", b"MM\0*"),
    ("image/gif", b"GIF8"),
    ("image/bmp", b"BM"),
    ("application/rtf", b"{\\rtf"),
    ("text/rtf", b"{\\rtf"),
    ("application/zip", b"PK"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
];

/// Whether a file of this type may begin so. What cannot be told by its beginning, may.
pub fn begins_as(mime_type: &str, bytes: &[u8]) -> bool {
    if mime_type == "application/pdf" {
        return bytes.windows(5).take(BEFORE_THE_MARK_MAX).any(|five| five == b"%PDF-");
    }
    let mut known = BEGINNINGS.iter().filter(|(kind, _)| *kind == mime_type).peekable();
    known.peek().is_none() || known.any(|(_, beginning)| bytes.starts_with(beginning))
}

/// The first bytes of a base64 text; `None` when there is something else in it, which is for the schema to say.
pub fn first_bytes(base64: &str) -> Option<Vec<u8>> {
    const LETTERS: usize = LOOKED_AT_BYTES / 3 * 4;
    let letters = base64.bytes().filter(|byte| !byte.is_ascii_whitespace());
    STANDARD.decode(letters.take(LETTERS).collect::<Vec<u8>>()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_decoded_as_far_as_needed_whatever_its_lines() {
        assert_eq!(first_bytes("JVBE\r\nRi0x LjQK").as_deref(), Some(&b"%PDF-1.4\n"[..]));
        assert_eq!(first_bytes("/9j/4A==").as_deref(), Some(&b"\xff\xd8\xff\xe0"[..]));
        assert_eq!(first_bytes("").as_deref(), Some(&b""[..]));
        assert_eq!(first_bytes("JV%E"), None);
        assert_eq!(first_bytes(&"QUFB".repeat(10_000)).map(|bytes| bytes.len()), Some(LOOKED_AT_BYTES));
    }

    #[test]
    fn a_file_is_told_by_its_beginning_where_that_can_be() {
        assert!(begins_as("application/pdf", b"%PDF-1.7"));
        assert!(begins_as("application/pdf", b"\r\n%PDF-1.4"), "a few bytes before the mark");
        assert!(!begins_as("application/pdf", b"\xff\xd8\xff\xe0"));
        assert!(!begins_as("application/pdf", b""));
        assert!(begins_as("image/tiff", b"II*\0") && begins_as("image/tiff", b"MM\0*"));
        assert!(!begins_as("image/png", b"GIF89a"));
        assert!(begins_as("text/plain", b"anything"));
    }
}
