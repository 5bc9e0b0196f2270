//! Password hashes (argon2id) and the small list of passwords that nobody may choose.

use std::sync::Arc;

use anyhow::anyhow;
use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;
use yiwang_chassis::fault::Fault;

/// Characters of a password that stands alone (NIST SP 800-63B-4).
pub(super) const ALONE: usize = 15;

/// Characters of a password beside a second factor.
pub(super) const WITH_SECOND_FACTOR: usize = 8;

/// Characters of any password.
pub(super) const LONGEST: usize = 128;

/// Each hash takes 19 MiB; so many run at once.
const AT_ONCE: usize = 4;

const COMMON: &str = include_str!("common-passwords.txt");

/// Hashes and checks passwords off the async threads.
pub(super) struct Hasher {
    permits: Arc<Semaphore>,
    /// Checked when there is no such account, so that the time tells nothing.
    decoy: String,
}

impl Hasher {
    pub(super) fn new() -> anyhow::Result<Self> {
        let decoy = hash(&rand::random::<u128>().to_string())?;
        Ok(Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            decoy,
        })
    }

    pub(super) async fn hash(&self, password: &SecretString) -> Result<String, Fault> {
        let password = password.clone();
        self.off_thread(move || hash(password.expose_secret()))
            .await?
            .map_err(Fault::internal)
    }

    /// Whether `password` belongs to `hash`; without a hash it takes as long and is false.
    pub(super) async fn verify(
        &self,
        password: &SecretString,
        hash: Option<&str>,
    ) -> Result<bool, Fault> {
        // A longer one was never accepted and would only cost time.
        let usable = hash.is_some() && password.expose_secret().chars().count() <= LONGEST;
        let against = hash.filter(|_| usable).unwrap_or(&self.decoy).to_owned();
        let password = password.clone();
        let matches = self
            .off_thread(move || {
                let parsed = PasswordHash::new(&against).ok()?;
                let given = password.expose_secret().as_bytes();
                Argon2::default().verify_password(given, &parsed).ok()
            })
            .await?
            .is_some();
        Ok(matches && usable)
    }

    async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let permit = self
            .permits
            .clone()
            .acquire_owned()
            .await
            .map_err(Fault::internal)?;
        let run = move || {
            let done = work();
            drop(permit);
            done
        };
        tokio::task::spawn_blocking(run)
            .await
            .map_err(Fault::internal)
    }
}

fn hash(password: &str) -> anyhow::Result<String> {
    let hash: PasswordHash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(|error| anyhow!("cannot hash a password: {error}"))?;
    Ok(hash.to_string())
}

/// Whether a guesser would try `password` early: it is listed, one short piece
/// repeated, a run along the alphabet, or made of what is `known` of the person.
pub(super) fn is_common(password: &str, known: &[&str]) -> bool {
    let folded: String = password
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    COMMON.lines().any(|line| line == folded)
        || is_repetition(&folded)
        || is_run(&folded)
        || known.iter().any(|fact| is_made_of(&folded, fact))
}

fn is_repetition(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    (1..=chars.len().min(10) / 2 + 1)
        .filter(|piece| piece * 2 <= chars.len())
        .any(|piece| {
            chars
                .iter()
                .enumerate()
                .all(|(i, c)| *c == chars[i % piece])
        })
}

fn is_run(text: &str) -> bool {
    let digits_wrap = |a: u32, b: u32| (a == '9' as u32 && b == '0' as u32) || b == a + 1;
    let codes: Vec<u32> = text.chars().map(u32::from).collect();
    codes.len() > 2
        && (codes.windows(2).all(|pair| digits_wrap(pair[0], pair[1]))
            || codes.windows(2).all(|pair| digits_wrap(pair[1], pair[0])))
}

/// Little is left when the fact is taken out.
fn is_made_of(folded: &str, fact: &str) -> bool {
    let fact = fact.to_lowercase();
    fact.len() >= 4
        && folded.contains(&fact)
        && folded.replace(&fact, "").chars().count() < WITH_SECOND_FACTOR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_is_argon2id_and_only_its_password_matches() {
        let hasher = Hasher::new().unwrap();
        let password: SecretString = "春眠不觉晓处处闻啼鸟夜来风雨声".to_owned().into();
        let hash = hasher.hash(&password).await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(hasher.verify(&password, Some(&hash)).await.unwrap());
        assert!(
            !hasher
                .verify(&"other".to_owned().into(), Some(&hash))
                .await
                .unwrap()
        );
        assert!(!hasher.verify(&password, None).await.unwrap());
    }

    #[test]
    fn the_list_holds_folded_lines_of_acceptable_length() {
        for line in COMMON.lines() {
            assert!(line.chars().count() >= WITH_SECOND_FACTOR, "{line}");
            assert_eq!(line, line.to_lowercase());
        }
    }
}
