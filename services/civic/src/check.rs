//! The two check systems of ISO 7064 in use here.

/// MOD 11-2 over ASCII digits: the check character of a citizen ID number, `0` to `9` or `X`.
///
/// Returns `None` when something is not a digit.
pub(crate) fn mod_11_2(digits: &[u8]) -> Option<u8> {
    let mut rest = 0_u32;
    for digit in digits {
        let value = char::from(*digit).to_digit(10)?;
        rest = (rest + value) * 2 % 11;
    }
    let check = u8::try_from((12 - rest) % 11).ok()?;
    Some(if check == 10 { b'X' } else { b'0' + check })
}

/// MOD 97-10 over capital letters (A = 10 … Z = 35) and digits: two check digits, 02 to 98.
///
/// Returns `None` when something is neither.
pub(crate) fn mod_97_10(text: &[u8]) -> Option<u8> {
    let mut rest = 0_u32;
    for symbol in text {
        rest = match symbol {
            b'0'..=b'9' => rest * 10 + u32::from(symbol - b'0'),
            b'A'..=b'Z' => rest * 100 + u32::from(symbol - b'A') + 10,
            _ => return None,
        } % 97;
    }
    u8::try_from(98 - rest * 100 % 97).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples() {
        // GB 11643-1999, appendix: 11010519491231002X and 440524188001010014.
        assert_eq!(mod_11_2(b"11010519491231002"), Some(b'X'));
        assert_eq!(mod_11_2(b"44052418800101001"), Some(b'4'));
        assert_eq!(mod_11_2(b"4405241880010100a"), None);
        // The IBAN of ISO 13616: GB82 WEST 1234 5698 7654 32.
        assert_eq!(mod_97_10(b"WEST12345698765432GB"), Some(82));
        assert_eq!(mod_97_10(b"a"), None);
    }
}
