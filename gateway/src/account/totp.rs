//! Time-based one-time codes (RFC 6238): SHA-1, 6 digits, 30 seconds, one step of skew.

use jiff::Timestamp;
use totp_rs::{Builder, Secret, Totp};
use yiwang_chassis::fault::Fault;

/// Seconds of a step.
const STEP: u64 = 30;

/// A new secret of 160 bits.
pub(super) fn new_secret() -> [u8; 20] {
    rand::random()
}

/// The time step whose code `code` is, when it is the present, the last or the next one.
pub(super) fn step_of(secret: &[u8], code: &str, now: Timestamp) -> Result<Option<i64>, Fault> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let step = totp(secret)?.check(&digits, seconds(now));
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// The code of a base32 `secret` at `now`; a step that was used already is passed over.
///
/// # Errors
/// When the secret is malformed.
pub fn code_at(
    secret_base32: &str,
    now: Timestamp,
    last_step: Option<i64>,
) -> Result<String, Fault> {
    let secret = from_base32(secret_base32)?;
    let present = seconds(now) / STEP;
    let unused = last_step.map_or(0, |last| u64::try_from(last).unwrap_or(0) + 1);
    // A code of a step beyond the next one would not be accepted yet.
    let step = present.max(unused).min(present + 1);
    Ok(totp(&secret)?.generate(step * STEP).to_string())
}

pub(crate) fn to_base32(secret: &[u8]) -> String {
    Secret::from(secret).to_base32()
}

pub(super) fn from_base32(text: &str) -> Result<Vec<u8>, Fault> {
    let secret = Secret::try_from_base32(text).map_err(Fault::internal)?;
    Ok(secret.as_ref().to_vec())
}

/// What an authenticator app scans.
pub(super) fn uri(secret: &[u8], login: &str) -> String {
    let secret = to_base32(secret);
    // A login name is plain ASCII and needs no escaping.
    format!(
        "otpauth://totp/%E4%B8%80%E7%BD%91%E6%B0%91%E6%94%BF:{login}?secret={secret}\
         &issuer=%E4%B8%80%E7%BD%91%E6%B0%91%E6%94%BF&algorithm=SHA1&digits=6&period=30"
    )
}

fn totp(secret: &[u8]) -> Result<Totp, Fault> {
    Builder::new()
        .with_secret(secret)
        .build()
        .map_err(Fault::internal)
}

fn seconds(now: Timestamp) -> u64 {
    u64::try_from(now.as_second()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_rfc_6238() {
        // Appendix B, SHA-1, cut to six digits.
        let secret = b"12345678901234567890";
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (20_000_000_000, "353130"),
        ] {
            let now = Timestamp::from_second(second).unwrap();
            assert_eq!(step_of(secret, code, now).unwrap(), Some(second / 30));
            assert_eq!(code_at(&to_base32(secret), now, None).unwrap(), code);
        }
    }

    #[test]
    fn one_step_of_skew_is_allowed_and_no_more() {
        let secret = b"12345678901234567890";
        let at = |second| Timestamp::from_second(second).unwrap();
        assert_eq!(step_of(secret, "287082", at(89)).unwrap(), Some(1));
        assert_eq!(step_of(secret, "287 082", at(29)).unwrap(), Some(1));
        assert_eq!(step_of(secret, "287082", at(91)).unwrap(), None);
        for junk in ["", "28708", "2870822", "abcdef", "２８７０８２"] {
            assert_eq!(step_of(secret, junk, at(59)).unwrap(), None, "{junk}");
        }
    }

    #[test]
    fn the_demo_code_passes_over_a_used_step() {
        let secret = to_base32(b"12345678901234567890");
        let now = Timestamp::from_second(60).unwrap();
        let next = code_at(&secret, now, Some(2)).unwrap();
        let raw = b"12345678901234567890";
        assert_eq!(step_of(raw, &next, now).unwrap(), Some(3));
    }
}
