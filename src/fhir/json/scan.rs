//! Where a run of bytes in a text ends, sixteen bytes at a time. It knows classes of bytes, not what they stand in.

use wide::u8x16;

const LANES: usize = 16;

/// How many bytes at the head stand for themselves in a text of JSON: up to a quotation mark, a backslash or a control character.
#[inline]
pub(super) fn plain_len(bytes: &[u8]) -> usize {
    let (blocks, rest) = bytes.as_chunks::<LANES>();
    for (at, block) in blocks.iter().enumerate() {
        let block = u8x16::new(*block);
        let ends =
            block.simd_eq(u8x16::splat(b'"')) | block.simd_eq(u8x16::splat(b'\\')) | block.simd_lt(u8x16::splat(b' '));
        let ends = ends.to_bitmask();
        if ends != 0 {
            return at * LANES + ends.trailing_zeros() as usize;
        }
    }
    // The bytes before the rest end nothing, and may be looked at again.
    match (bytes.last_chunk::<LANES>(), rest) {
        (_, []) => bytes.len(),
        (Some(last), _) => bytes.len() - LANES + plain_len(last),
        (None, rest) => short_len(rest),
    }
}

/// The same for less than sixteen bytes: most names and codes.
#[inline]
fn short_len(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let ends = ends_in(u64::from_le_bytes(*word));
        if ends != 0 {
            return at * 8 + ends.trailing_zeros() as usize / 8;
        }
    }
    let before = words.len() * 8;
    rest.iter().position(|byte| ends_a_run(*byte)).map_or(bytes.len(), |at| before + at)
}

/// The highest bit of the first byte that ends a run; of bytes behind it, perhaps.
#[inline]
fn ends_in(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word;
    let is = |byte: u8| zeros(word ^ (ONES * u64::from(byte)));
    let is_control = word.wrapping_sub(ONES * 0x20) & !word;
    (is(b'"') | is(b'\\') | is_control) & (ONES << 7)
}

fn ends_a_run(byte: u8) -> bool {
    byte < b' ' || matches!(byte, b'"' | b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_where_the_first_byte_of_its_class_stands() {
        for length in 0..70 {
            let run = vec![b'\xC3'; length];
            assert_eq!(plain_len(&run), length);
            for end in [b'"', b'\\', 0, b'\n', 0x1F] {
                let mut bytes = run.clone();
                bytes.extend([end, b'a', b'"']);
                assert_eq!(plain_len(&bytes), length, "{length} {end}");
                bytes.extend([b'a'; 40]);
                assert_eq!(plain_len(&bytes), length, "{length} {end}");
            }
        }
    }
}
