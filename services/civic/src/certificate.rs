//! Electronic certificates 电子证照 as a compact signed statement that anybody can check offline.
//!
//! ```text
//! YW2.<base64url(JSON)>.<base64url(Ed25519 signature over everything before this dot)>
//! ```
//! The JSON has the fields of [`Statement`] in their order, then `signed_at` and the id of the key.
//! Whoever has the text learns masked names only. Whether the certificate is still valid is not in
//! it: the issuing service says that.
//!
//! `YW1` also held a digest of names and ID numbers, salted with the public number of the
//! certificate: a loop over the numbers of one birthday finds the holder. No salt inside the
//! statement would hide them, and nobody needs the digest: offline, names and numbers are compared
//! by eye; online, the service has the holders' person keys. `YW2` has none; texts of `YW1` still hold.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, Signer as _, SigningKey};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use serde_json::json;

mod find;
mod key_set;
mod public_key;

pub use find::find;
pub use key_set::{key_set, read_key_set};
pub use public_key::PublicKey;

/// How statements begin: as they are made, and as they were made before.
const PREFIX: &str = "YW2.";
const OLD_PREFIX: &str = "YW1.";

/// Characters of a statement at most: with the address of the verifier it fits into a QR code.
pub const MAX_TEXT: usize = 2_600;

/// What a certificate says to whoever verifies it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Service that issued it and knows its state, e.g. `marriage`.
    pub service: String,
    /// Stable kind, e.g. `marriage`.
    pub kind: String,
    /// Its name on the paper, e.g. 结婚证.
    pub title: String,
    /// Its number, unique within the service.
    pub number: String,
    /// The office that issued it, in Chinese.
    pub issuer: String,
    /// Beijing date.
    pub issued_on: Date,
    /// Masked names of the holders.
    pub holders: Vec<String>,
}

/// A statement as it is read, of either version.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    service: String,
    kind: String,
    title: String,
    number: String,
    issuer: String,
    issued_on: Date,
    holders: Vec<String>,
    /// `YW2`.
    signed_at: Option<Timestamp>,
    key: Option<String>,
    /// `YW1`.
    #[serde(rename = "holder_digest")]
    _holder_digest: Option<String>,
}

/// Why a text is not a certificate that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// Not of the form of a statement, or longer than any.
    #[error("这不是一网民政的电子证照，请看看内容是否完整。")]
    Form,
    /// None of the keys made the signature.
    #[error("签名不对：内容被改动过，或者不是本平台签发的。")]
    Signature,
    /// It names a key that is none of the keys.
    #[error("手头的公钥里没有签发它的那一把：请取最新的公钥集再验；仍然这样的，不是本平台签发的。")]
    UnknownKey,
    /// Signed with a key that was not in use at the time.
    #[error("签名所用的密钥在签发时不在启用期内，不能采信。")]
    Period,
    /// Well signed, yet not what this version understands.
    #[error("签名没有问题，但内容读不懂，请换用新版本再验。")]
    Content,
    /// A file without a statement.
    #[error("里面没有电子证照的签名声明。")]
    Absent,
    /// A file with different statements.
    #[error("里面有几份不同的签名声明，不能判断是哪一份。")]
    Several,
    /// Not a set of public keys.
    #[error("公钥文件读不懂，应为 JSON 格式的公钥集。")]
    Keys,
}

impl CertificateError {
    /// Stable code, for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Form => "STATEMENT_MALFORMED",
            Self::Signature => "SIGNATURE_WRONG",
            Self::UnknownKey => "KEY_UNKNOWN",
            Self::Period => "KEY_NOT_IN_USE",
            Self::Content => "STATEMENT_UNKNOWN",
            Self::Absent => "STATEMENT_ABSENT",
            Self::Several => "STATEMENTS_DIFFER",
            Self::Keys => "KEYS_MALFORMED",
        }
    }
}

/// The signed text of a statement; `at` is real time, which the period of the key is judged by.
#[must_use]
pub fn sign(key: &SigningKey, statement: &Statement, at: Timestamp) -> String {
    let Statement {
        service,
        kind,
        title,
        number,
        issuer,
        issued_on,
        holders,
    } = statement;
    let signed_at = Timestamp::from_second(at.as_second()).unwrap_or(at);
    let json = json!({
        "service": service, "kind": kind, "title": title, "number": number, "issuer": issuer,
        "issued_on": issued_on, "holders": holders, "signed_at": signed_at,
        "key": PublicKey::always(key.verifying_key()).id(),
    });
    let payload = BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
    let signed = format!("{PREFIX}{payload}");
    let signature = key.sign(signed.as_bytes()).to_bytes();
    format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

/// The statement of a text that one of `keys` signed while it was in use.
///
/// # Errors
/// `Form`, `Signature`, `UnknownKey`, `Period` or `Content`, with a sentence for the person who
/// checks.
pub fn verify(keys: &[PublicKey], text: &str) -> Result<Statement, CertificateError> {
    let text = text.trim();
    if text.len() > MAX_TEXT {
        return Err(CertificateError::Form);
    }
    let (signed, signature) = text.rsplit_once('.').ok_or(CertificateError::Form)?;
    let payload = signed
        .strip_prefix(PREFIX)
        .or_else(|| signed.strip_prefix(OLD_PREFIX))
        .ok_or(CertificateError::Form)?;
    let json = decode(payload)?;
    let signature: [u8; 64] = decode(signature)?
        .try_into()
        .map_err(|_| CertificateError::Form)?;
    let signature = Signature::from_bytes(&signature);
    let key = keys
        .iter()
        .find(|one| one.key.verify_strict(signed.as_bytes(), &signature).is_ok())
        .ok_or_else(|| no_signer(keys, &json))?;
    let payload: Payload = serde_json::from_slice(&json).map_err(|_| CertificateError::Content)?;
    let in_use = match (signed.starts_with(PREFIX), payload.signed_at) {
        (true, Some(at)) => key.in_use(at),
        (true, None) => return Err(CertificateError::Content),
        // It says no more than the day.
        (false, _) => key.in_use_on(payload.issued_on),
    };
    if !in_use {
        return Err(CertificateError::Period);
    }
    Ok(Statement {
        service: payload.service,
        kind: payload.kind,
        title: payload.title,
        number: payload.number,
        issuer: payload.issuer,
        issued_on: payload.issued_on,
        holders: payload.holders,
    })
}

/// Why none of the keys fits: a key set from before a rotation must not cry forgery.
fn no_signer(keys: &[PublicKey], json: &[u8]) -> CertificateError {
    let named = serde_json::from_slice(json).ok();
    let named = named.and_then(|payload: Payload| payload.key);
    match named {
        Some(id) if keys.iter().all(|key| key.id() != id) => CertificateError::UnknownKey,
        _ => CertificateError::Signature,
    }
}

/// Strict: a text has one spelling only.
fn decode(text: &str) -> Result<Vec<u8>, CertificateError> {
    BASE64_URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| CertificateError::Form)
}

#[cfg(test)]
mod tests;
