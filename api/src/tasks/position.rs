//! Places in the manual order: base-36 fractions that compare as bytes. Between two of them there is
//! always room for one more.
//!
//! Own code, since `fractional_index` 2.0.2 computes `0 - 1` on a byte after 129 moves to the front.

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const BASE: usize = DIGITS.len();

/// The place at the end when task `id` is made: greater for a greater `id`, so that no look-up is needed.
/// The leading letter counts the digits; the last digit is never `0`, since nothing fits before that.
pub(crate) fn at_end(id: i64) -> String {
    let mut rest = usize::try_from(id).unwrap_or_default();
    let mut reversed = Vec::new();
    loop {
        reversed.push(digit(rest % BASE));
        rest /= BASE;
        if rest == 0 {
            break;
        }
    }
    let mut place = String::from(digit(9 + reversed.len()));
    place.extend(reversed.into_iter().rev());
    place.push('i');
    place
}

/// A place after `low` (`""` for the very beginning) and before `high`; `None` if there is none, because
/// the two are not in order.
pub(crate) fn between(low: &str, high: &str) -> Option<String> {
    if low >= high {
        return None;
    }
    let (low, high) = (low.as_bytes(), high.as_bytes());
    let mut place = String::new();
    let mut bounded_above = true;
    for at in 0.. {
        let from = low.get(at).map_or(0, |byte| value(*byte));
        let to = if bounded_above { high.get(at).map_or(0, |byte| value(*byte)) } else { BASE };
        if to > from + 1 {
            place.push(digit(usize::midpoint(from, to)));
            return Some(place);
        }
        // No digit fits here: keep the lower one. Once it is below `high`'s, only `low` still binds.
        place.push(digit(from));
        bounded_above &= to == from;
        // The two ran out together: `high` is `low` with zeros behind it.
        if bounded_above && at >= high.len() {
            return None;
        }
    }
    None
}

fn digit(value: usize) -> char {
    DIGITS.get(value).map_or('z', |byte| char::from(*byte))
}

fn value(byte: u8) -> usize {
    DIGITS.iter().position(|digit| *digit == byte).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn new_tasks_come_after_older_ones(a in 1_i64..5_000_000, b in 1_i64..5_000_000) {
            prop_assert_eq!(a.cmp(&b), at_end(a).cmp(&at_end(b)));
        }

        #[test]
        fn any_number_of_moves_keeps_the_order_strict(moves in prop::collection::vec((0_usize..40, 0_usize..40), 1..200)) {
            let mut list: Vec<String> = (1..=40).map(at_end).collect();
            for (from, to) in moves {
                list.remove(from);
                let to = to.min(list.len());
                let low = to.checked_sub(1).map_or("", |i| list[i].as_str());
                let place = between(low, list.get(to).map_or(&at_end(41), |next| next)).unwrap();
                list.insert(to, place);
                prop_assert!(list.windows(2).all(|pair| pair[0] < pair[1]), "{list:?}");
            }
        }
    }

    #[test]
    fn one_spot_can_be_split_a_thousand_times() {
        for towards_low in [true, false] {
            let (mut low, mut high) = (at_end(1), at_end(2));
            for _ in 0..1000 {
                let place = between(&low, &high).unwrap();
                assert!(low < place && place < high, "{low} {place} {high}");
                *(if towards_low { &mut high } else { &mut low }) = place;
            }
            assert!(low.len().max(high.len()) < 400);
        }
    }

    #[test]
    fn places_out_of_order_have_nothing_between_them() {
        assert_eq!(between("b", "b"), None);
        assert_eq!(between("c", "b"), None);
        assert_eq!(between("b", "b0"), None);
    }
}
