//! Sealed columns, random tokens and their hashes.

use std::collections::BTreeMap;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use yiwang_chassis::{department, fault::Fault};
use yiwang_civic::{
    certificate::PublicKey,
    citizen_id::CitizenId,
    person_key::{PersonKey, PersonKeyer},
    seal::Sealer,
};
use zeroize::Zeroizing;

/// The keys that personal data and secrets are sealed with.
pub struct Vault {
    sealer: Sealer,
    keyer: PersonKeyer,
    certificate_keys: Vec<PublicKey>,
    departments: BTreeMap<String, department::Secrets>,
}

/// A sealed column; the name and the row's id are bound into the seal, so that
/// a value moved to another row or column does not open.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Column {
    Name,
    IdNumber,
    Phone,
    Totp,
    Ticket,
    Successor,
    SigningKey,
    FileName,
    FileContent,
    OneThingDraft,
    OneThingForm,
    OneThingResult,
    OneThingSignal,
    RatingWords,
}

impl Vault {
    /// A vault over keys read from the key directory.
    /// `certificate_keys` are the public ones that certificates are checked with.
    pub fn new(sealer: Sealer, keyer: PersonKeyer, certificate_keys: Vec<PublicKey>) -> Self {
        Self {
            sealer,
            keyer,
            certificate_keys,
            departments: BTreeMap::new(),
        }
    }

    /// The vault with the secrets that departments share with us, by their names.
    #[must_use]
    pub fn with_departments(mut self, secrets: BTreeMap<String, department::Secrets>) -> Self {
        self.departments = secrets;
        self
    }

    pub(crate) fn departments(&self) -> &BTreeMap<String, department::Secrets> {
        &self.departments
    }

    pub(crate) fn certificate_keys(&self) -> &[PublicKey] {
        &self.certificate_keys
    }

    pub(crate) fn seal(&self, column: Column, row: &str, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let aad = aad(column, row);
        self.sealer
            .seal(aad.as_bytes(), plain, rand::random())
            .map_err(Fault::internal)
    }

    pub(crate) fn open(
        &self,
        column: Column,
        row: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Fault> {
        self.sealer
            .open(aad(column, row).as_bytes(), sealed)
            .map_err(Fault::internal)
    }

    pub(crate) fn seal_text(
        &self,
        column: Column,
        row: Uuid,
        plain: &str,
    ) -> Result<Vec<u8>, Fault> {
        self.seal(column, &row.to_string(), plain.as_bytes())
    }

    pub(crate) fn open_text(
        &self,
        column: Column,
        row: Uuid,
        sealed: &[u8],
    ) -> Result<String, Fault> {
        let plain = self.open(column, &row.to_string(), sealed)?;
        String::from_utf8(plain.to_vec()).map_err(Fault::internal)
    }

    pub(crate) fn person_key(&self, id: &CitizenId) -> PersonKey {
        self.keyer.key(id)
    }
}

fn aad(column: Column, row: &str) -> String {
    let column = match column {
        Column::Name => "account.name",
        Column::IdNumber => "account.id_number",
        Column::Phone => "account.phone",
        Column::Totp => "account.totp",
        Column::Ticket => "ticket.secret",
        Column::Successor => "refresh_token.successor",
        Column::SigningKey => "signing_key.private",
        Column::FileName => "file.name",
        Column::FileContent => "file.content",
        Column::OneThingDraft => "one_thing_draft.form",
        Column::OneThingForm => "one_thing.form",
        Column::OneThingResult => "one_thing_step.result",
        Column::OneThingSignal => "one_thing_signal.body",
        Column::RatingWords => "rating.words",
    };
    format!("gateway.{column}:{row}")
}

/// 256 random bits in base64url.
pub(crate) fn random_token() -> SecretString {
    let bytes: [u8; 32] = rand::random();
    BASE64_URL_SAFE_NO_PAD.encode(bytes).into()
}

/// What the database keeps of a random token. The token has 256 bits, so a
/// plain hash is enough.
pub(crate) fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// A value derived from a secret for another purpose.
pub(crate) fn derive(secret: &str, purpose: &str) -> String {
    let mut digest = Sha256::new();
    digest.update((purpose.len() as u64).to_be_bytes());
    digest.update(purpose);
    digest.update(secret);
    BASE64_URL_SAFE_NO_PAD.encode(digest.finalize())
}

/// Whether two strings are equal, in a time that does not tell where they differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let differing = a
        .bytes()
        .zip(b.bytes())
        .fold(0, |acc, (a, b)| acc | (a ^ b));
    a.len() == b.len() && differing == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_compares_whole_strings() {
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abd"));
        assert!(!same("abc", "abcd"));
        assert!(!same("", "a"));
    }

    #[test]
    fn derived_values_differ_by_purpose_and_do_not_show_the_secret() {
        assert_ne!(derive("secret", "csrf"), derive("secret", "other"));
        assert!(!derive("secret", "csrf").contains("secret"));
    }
}
