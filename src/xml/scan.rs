//! Where a run of bytes ends, sixteen bytes at a time, with vector instructions where the processor has them. It knows classes
//! of bytes, not what they stand in.
//!
//! How long the next name, value or text is cannot be foretold: a loop over single bytes loses more time by guessing its end
//! wrongly than by looking at each.

use memchr::memchr2;
use wide::u8x16;

const LANES: usize = 16;

/// How many bytes at the head are ASCII letters, digits or one of `-._`.
#[inline]
pub(super) fn name_len(bytes: &[u8]) -> usize {
    run_len::<LANES>(bytes, is_no_name)
}

/// How many bytes at the head may stand in a qualified name, colons included, and where the first colon stands (0 when none
/// does); length 0 when there are several, or more than 64 bytes.
#[inline(always)]
pub(super) fn qualified_len(bytes: &[u8]) -> (usize, usize) {
    let (blocks, _) = bytes.as_chunks::<LANES>();
    let mut colons: u64 = 0;
    for (at, block) in blocks.iter().take(64 / LANES).enumerate() {
        let block = u8x16::new(*block);
        let is_colon = block.simd_eq(u8x16::splat(b':')).to_bitmask();
        let ends = is_no_name(block).to_bitmask() & !is_colon;
        // Those before the first end, if there is one.
        colons |= u64::from(is_colon & (ends & ends.wrapping_neg()).wrapping_sub(1)) << (at * LANES);
        if ends != 0 {
            let is_one = colons & colons.wrapping_sub(1) == 0;
            let len = at * LANES + ends.trailing_zeros() as usize;
            return (if is_one { len } else { 0 }, if colons == 0 { 0 } else { colons.trailing_zeros() as usize });
        }
    }
    (0, 0)
}

/// The same with `/`, of which most paths consist.
#[inline]
pub(super) fn path_len(bytes: &[u8]) -> usize {
    run_len::<{ 2 * LANES }>(bytes, |block| is_no_name(block) & !block.simd_eq(u8x16::splat(b'/')))
}

/// How many bytes at the head stand for themselves in an attribute value with this quote: up to the quote, a control character,
/// `<` or `&`.
#[inline]
pub(super) fn value_len(bytes: &[u8], quote: u8) -> usize {
    run_len::<{ 2 * LANES }>(bytes, |block| {
        block.simd_eq(u8x16::splat(quote)) | block.simd_lt(u8x16::splat(b' ')) | is_markup(block)
    })
}

/// How many bytes at the head stand before the first `<` or `&`.
#[inline]
pub(super) fn text_len(bytes: &[u8]) -> usize {
    const SHORT: usize = 2 * LANES;
    let head = bytes.first_chunk::<SHORT>().map_or(0, |head| first_end(head, is_markup));
    if head < SHORT && bytes.len() >= SHORT {
        return head;
    }
    // Begins with more ado, and is faster then.
    memchr2(b'<', b'&', &bytes[head..]).map_or(bytes.len(), |len| head + len)
}

/// How many bytes at the head no writer has to look at: no markup, no quotation mark, no control character, and not the first byte
/// of U+FFFE.
#[inline]
pub(super) fn harmless_len(bytes: &[u8]) -> usize {
    run_len::<LANES>(bytes, |block| {
        block.simd_lt(u8x16::splat(b' '))
            | is_markup(block)
            | block.simd_eq(u8x16::splat(b'>'))
            | block.simd_eq(u8x16::splat(b'"'))
            | block.simd_eq(u8x16::splat(0xEF))
    })
}

/// Whether two names are the same, without a loop for those of up to 32 bytes.
#[inline]
pub(crate) fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    if let (Some(first), Some(other_first)) = (one.first_chunk::<LANES>(), other.first_chunk::<LANES>()) {
        let ends = first == other_first && one.last_chunk::<LANES>() == other.last_chunk::<LANES>();
        return ends && (one.len() <= 2 * LANES || one == other);
    }
    match (one.first_chunk::<8>(), other.first_chunk::<8>()) {
        (Some(first), Some(other_first)) => first == other_first && one.last_chunk::<8>() == other.last_chunk::<8>(),
        _ => match (one.first_chunk::<4>(), other.first_chunk::<4>()) {
            (Some(first), Some(other_first)) => first == other_first && one.last_chunk::<4>() == other.last_chunk::<4>(),
            _ => one.iter().zip(other).all(|(byte, other)| byte == other),
        },
    }
}

#[inline(always)]
fn is_no_name(block: u8x16) -> u8x16 {
    let letter = (block | u8x16::splat(0x20)) - u8x16::splat(b'a');
    // From `-` to `9` stand `-./` and the digits.
    let digit = block - u8x16::splat(b'-');
    let is_letter = letter.simd_le(u8x16::splat(b'z' - b'a'));
    let is_digit = digit.simd_le(u8x16::splat(b'9' - b'-')) & !block.simd_eq(u8x16::splat(b'/'));
    !(is_letter | is_digit | block.simd_eq(u8x16::splat(b'_')))
}

#[inline(always)]
fn is_markup(block: u8x16) -> u8x16 {
    block.simd_eq(u8x16::splat(b'<')) | block.simd_eq(u8x16::splat(b'&'))
}

/// How many bytes stand before the first that ends the run; the first `HEAD` bytes are looked at together.
#[inline(always)]
fn run_len<const HEAD: usize>(bytes: &[u8], is_end: impl Fn(u8x16) -> u8x16) -> usize {
    let len = bytes.first_chunk::<HEAD>().map_or(0, |head| first_end(head, &is_end));
    if len < HEAD && bytes.len() >= HEAD { len } else { long_run_len(bytes, len, is_end) }
}

/// The place of the first byte that ends the run, or `HEAD`.
#[inline(always)]
fn first_end<const HEAD: usize>(head: &[u8; HEAD], is_end: impl Fn(u8x16) -> u8x16) -> usize {
    let (blocks, _) = head.as_chunks::<LANES>();
    let bits = |at: usize| u64::from(is_end(u8x16::new(blocks[at])).to_bitmask()) << (at * LANES);
    let ends = (0..blocks.len()).fold(1 << HEAD, |ends, at| ends | bits(at));
    ends.trailing_zeros() as usize
}

/// The same when none of the first `from` bytes ends the run.
#[inline(never)]
fn long_run_len(bytes: &[u8], from: usize, is_end: impl Fn(u8x16) -> u8x16) -> usize {
    let (blocks, rest) = bytes[from..].as_chunks::<LANES>();
    for (index, block) in blocks.iter().enumerate() {
        let len = first_end(block, &is_end);
        if len < LANES {
            return from + index * LANES + len;
        }
    }
    let rest_start = bytes.len() - rest.len();
    match bytes.last_chunk::<LANES>() {
        // The bytes before the rest end nothing.
        Some(last) => (bytes.len() - LANES + first_end(last, is_end)).min(bytes.len()),
        None => {
            let ends = |byte: &u8| is_end(u8x16::splat(*byte)).to_bitmask() != 0;
            rest.iter().position(ends).map_or(bytes.len(), |len| rest_start + len)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every byte at every place of texts of every length around the widths that are looked at together.
    fn check(scan: fn(&[u8]) -> usize, inside: u8, is_inside: fn(u8) -> bool) {
        for len in 0..70 {
            assert_eq!(scan(&vec![inside; len]), len);
            for at in (0..len).filter(|at| len < 3 || at % 3 == len % 3) {
                for byte in 0..=u8::MAX {
                    let mut text = vec![inside; len];
                    text[at] = byte;
                    let expected = if is_inside(byte) { len } else { at };
                    assert_eq!(scan(&text), expected, "{byte} at {at} of {len}");
                    // What stands behind the end makes no difference.
                    text[at..].fill(byte);
                    assert_eq!(scan(&text), expected, "{byte} from {at} of {len}");
                }
            }
        }
    }

    #[test]
    fn names_are_the_same_when_every_byte_is() {
        for len in 0..40 {
            let name = vec![b'a'; len];
            assert!(is_same(&name, &name.clone()) && !is_same(&name, &vec![b'a'; len + 1]));
            for at in 0..len {
                let mut other = name.clone();
                other[at] = b'b';
                assert!(!is_same(&name, &other), "{at} of {len}");
            }
        }
    }

    #[test]
    fn a_run_ends_at_the_first_byte_of_another_class_wherever_it_stands() {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        check(name_len, b'a', is_name);
        check(path_len, b'/', |byte| byte.is_ascii_alphanumeric() || b"-._/".contains(&byte));
        check(|bytes| value_len(bytes, b'"'), b'x', |byte| byte >= b' ' && !b"\"<&".contains(&byte));
        check(|bytes| value_len(bytes, b'\''), b'"', |byte| byte >= b' ' && !b"'<&".contains(&byte));
        check(harmless_len, b'x', |byte| byte >= b' ' && !b"<&>\"\xEF".contains(&byte));
        check(text_len, b'\n', |byte| !b"<&".contains(&byte));
    }
}
