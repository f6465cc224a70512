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

/// The same for less than sixteen bytes: most names and codes. Both ends of them are looked at, which may overlap.
#[inline]
fn short_len(bytes: &[u8]) -> usize {
    if let (Some(head), Some(tail)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        let (head, tail) = (ends_in(u64::from_le_bytes(*head)), ends_in(u64::from_le_bytes(*tail)));
        return match (head, tail) {
            (0, 0) => bytes.len(),
            (0, tail) => bytes.len() - 8 + tail.trailing_zeros() as usize / 8,
            (head, _) => head.trailing_zeros() as usize / 8,
        };
    }
    if let (Some(head), Some(tail)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let both = u64::from(u32::from_le_bytes(*head)) | u64::from(u32::from_le_bytes(*tail)) << 32;
        return match ends_in(both) {
            0 => bytes.len(),
            ends if ends.trailing_zeros() < 32 => ends.trailing_zeros() as usize / 8,
            ends => bytes.len() + ends.trailing_zeros() as usize / 8 - 8,
        };
    }
    bytes.iter().position(|byte| ends_a_run(*byte)).unwrap_or(bytes.len())
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
