//! Content made small by zstd before it is sealed: a message of 5 kB to a fifth, the base64 of an attachment to three quarters.
//!
//! **The dictionary.** `dictionary-1.zdict` (64 KiB) was trained with zstd 1.5.7 on the accepted fixtures of this project, the Bundles
//! that they give, and every fourth fixture of a FHIR-native sender; all made up. On the samples that the authorities publish, which
//! it never saw, it takes a third off what is left of a message of up to 7 kB, and nearly half off a Bundle. Content was compressed
//! with it: **it is never changed or removed.** A better one is a codec of its own.
//!
//! Contexts are kept by each thread: making one takes longer than a small message.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io;
use std::sync::LazyLock;
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// Nothing larger is compressed, and nothing is decompressed to more: bytes that a defect let through cannot take memory.
pub(super) const COMPRESSED_CONTENT_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Up to here the dictionary gains; beyond, content is most often the base64 of an attachment, where it costs time for nothing.
const DICTIONARY_CONTENT_BYTES_MAX: usize = 64 * 1024;

/// Level 3 for what is small: level 6 takes three to four times as long for a tenth less. Measured on fixtures and samples.
const SMALL_LEVEL: i32 = 3;
/// Level 1 for what is large: base64 becomes no smaller by more than half a percent at any other, and takes half as long.
const LARGE_LEVEL: i32 = 1;

const DICTIONARY_1: &[u8] = include_bytes!("dictionary-1.zdict");
static FOR_WRITING: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(DICTIONARY_1, SMALL_LEVEL));
static FOR_READING: LazyLock<DecoderDictionary<'static>> = LazyLock::new(|| DecoderDictionary::copy(DICTIONARY_1));

type Kept<T> = RefCell<io::Result<T>>;

thread_local! {
    static SMALL: Kept<Compressor<'static>> = RefCell::new(Compressor::with_prepared_dictionary(&FOR_WRITING));
    static LARGE: Kept<Compressor<'static>> = RefCell::new(Compressor::new(LARGE_LEVEL));
    static SMALL_AGAIN: Kept<Decompressor<'static>> = RefCell::new(Decompressor::with_prepared_dictionary(&FOR_READING));
    static LARGE_AGAIN: Kept<Decompressor<'static>> = RefCell::new(Decompressor::new());
}

/// How content is held. The number is stored: none is ever used for anything else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Codec {
    /// As it is.
    Stored,
    /// A zstd frame that carries the length of its content.
    Zstd,
    /// The same, with the first dictionary.
    ZstdDictionary1,
}

impl Codec {
    #[cfg(test)]
    pub(super) const ALL: [Self; 3] = [Self::Stored, Self::Zstd, Self::ZstdDictionary1];

    pub(super) fn number(self) -> u8 {
        match self {
            Self::Stored => 0,
            Self::Zstd => 1,
            Self::ZstdDictionary1 => 2,
        }
    }

    pub(super) fn of(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::Stored),
            1 => Some(Self::Zstd),
            2 => Some(Self::ZstdDictionary1),
            _ => None,
        }
    }
}

/// The content made small; as it is where that gains nothing, where it is too large, or where zstd has no memory.
pub(super) fn compress(content: &[u8]) -> (Codec, Cow<'_, [u8]>) {
    let (codec, compressed) = if content.len() <= DICTIONARY_CONTENT_BYTES_MAX {
        (Codec::ZstdDictionary1, SMALL.with_borrow_mut(|kept| by(kept, content)))
    } else if content.len() <= COMPRESSED_CONTENT_BYTES_MAX {
        (Codec::Zstd, LARGE.with_borrow_mut(|kept| by(kept, content)))
    } else {
        (Codec::Stored, None)
    };
    match compressed {
        Some(compressed) if compressed.len() < content.len() => (codec, Cow::Owned(compressed)),
        _ => (Codec::Stored, Cow::Borrowed(content)),
    }
}

fn by(kept: &mut io::Result<Compressor<'static>>, content: &[u8]) -> Option<Vec<u8>> {
    kept.as_mut().ok()?.compress(content).ok()
}

/// The content again.
pub(super) fn decompress(codec: Codec, held: Vec<u8>) -> Option<Vec<u8>> {
    let by = |kept: &mut io::Result<Decompressor<'static>>| {
        // It takes as much memory as the frame says that it needs, and refuses a frame that says more than this.
        kept.as_mut().ok()?.decompress(&held, COMPRESSED_CONTENT_BYTES_MAX).ok()
    };
    match codec {
        Codec::Stored => Some(held),
        Codec::Zstd => LARGE_AGAIN.with_borrow_mut(by),
        Codec::ZstdDictionary1 => SMALL_AGAIN.with_borrow_mut(by),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::digest::{SHA256, digest};

    #[test]
    fn the_first_dictionary_is_what_it_always_was() {
        let digest: String = digest(&SHA256, DICTIONARY_1).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, "96ba1f7bcc603c595cf8e9a501384a3056cc4c07ef88e0a6548b2dd56042df96");
    }

    #[test]
    fn a_codec_has_one_number_for_ever() {
        for (number, codec) in (0..).zip(Codec::ALL) {
            assert_eq!((codec.number(), Codec::of(number)), (number, Some(codec)));
        }
        assert!((3..=u8::MAX).all(|number| Codec::of(number).is_none()));
    }

    #[test]
    fn each_size_has_its_codec_and_what_does_not_shrink_is_left() {
        let codec = |content: &[u8]| compress(content).0;
        assert_eq!(codec(b""), Codec::Stored);
        assert_eq!(codec(b"x"), Codec::Stored);
        assert_eq!(codec(&vec![b'x'; DICTIONARY_CONTENT_BYTES_MAX]), Codec::ZstdDictionary1);
        assert_eq!(codec(&vec![b'x'; DICTIONARY_CONTENT_BYTES_MAX + 1]), Codec::Zstd);
        let mut noise = vec![0; 100_000];
        aws_lc_rs::rand::fill(&mut noise).expect("randomness");
        assert_eq!(codec(&noise), Codec::Stored);
        assert_eq!(codec(&noise[..10_000]), Codec::Stored);
    }

    #[test]
    fn the_largest_content_comes_back_whatever_is_done_with_it() {
        for length in [COMPRESSED_CONTENT_BYTES_MAX, COMPRESSED_CONTENT_BYTES_MAX + 1] {
            let content = vec![b'x'; length];
            let (codec, held) = compress(&content);
            assert_eq!(codec == Codec::Stored, length > COMPRESSED_CONTENT_BYTES_MAX);
            assert!(decompress(codec, held.into_owned()).is_some_and(|again| again == content));
        }
    }

    #[test]
    fn a_frame_that_says_it_needs_more_memory_is_refused() {
        let large = zstd::bulk::compress(&vec![0; COMPRESSED_CONTENT_BYTES_MAX + 1], 1).expect("compressed");
        assert!(large.len() < 10_000);
        assert!(decompress(Codec::Zstd, large).is_none());
        assert!(decompress(Codec::Zstd, b"no frame at all".to_vec()).is_none());
        let (codec, held) = compress(&[b'x'; 1000]);
        assert!(decompress(codec, held[..held.len() - 1].to_vec()).is_none(), "cut off");
    }

    #[test]
    fn a_message_takes_a_quarter_less_with_the_dictionary_than_without() {
        let message = include_bytes!("../../fixtures/plo/accepted/log-utskrevet-1.6.xml");
        let (codec, held) = compress(message);
        assert_eq!(codec, Codec::ZstdDictionary1);
        let without = zstd::bulk::compress(message, SMALL_LEVEL).expect("compressed").len();
        assert!(held.len() * 4 < without * 3, "{} and {without} of {} bytes", held.len(), message.len());
    }
}
