//! Same key and body, same answer; the stored answer is sealed like the case.

use prost::Message;
use sha2::{Digest, Sha256};
use sqlx::{Postgres, Transaction};
use uuid::Uuid;
use yiwang_chassis::{
    failpoint,
    fault::Fault,
    idempotency::{self, Begin},
};

use crate::runtime::Runtime;

/// An idempotency key claimed in a transaction.
pub struct Claim {
    scope: String,
    pub(super) key: String,
    /// Of the request.
    pub(super) hash: [u8; 32],
}

/// What became of the claim.
pub enum Claimed<T> {
    /// Do the work, then [`Claim::finish`].
    Fresh(Claim),
    /// The work was done; this was the answer.
    Replay(T),
}

/// Claims the key of `request` for `account`. `request` goes in without its key.
///
/// # Errors
/// When the key is missing, malformed, or was used with another request.
pub async fn claim<T: Message + Default>(
    rt: &Runtime,
    tx: &mut Transaction<'static, Postgres>,
    verb: &str,
    account: Option<Uuid>,
    key: &str,
    request: &impl Message,
) -> Result<Claimed<T>, Fault> {
    let account = account.map_or_else(|| "anonymous".to_owned(), |account| account.to_string());
    let scope = format!("{verb}:{account}");
    let hash: [u8; 32] = Sha256::digest(request.encode_to_vec()).into();
    match idempotency::begin(tx, &scope, key, &hash, rt.now()).await? {
        Begin::Fresh => Ok(Claimed::Fresh(Claim {
            scope,
            key: key.to_owned(),
            hash,
        })),
        Begin::Replay(sealed) => {
            let bytes: Vec<u8> = rt.open("answer", &format!("{scope}:{key}"), &sealed)?;
            T::decode(bytes.as_slice())
                .map(Claimed::Replay)
                .map_err(Fault::internal)
        }
    }
}

impl Claim {
    /// Keeps the answer for repeats and commits.
    ///
    /// # Errors
    /// When the database fails; then nothing was done.
    pub async fn finish<T: Message>(
        self,
        rt: &Runtime,
        mut tx: Transaction<'static, Postgres>,
        response: T,
    ) -> Result<T, Fault> {
        let id = format!("{}:{}", self.scope, self.key);
        let sealed = rt.seal("answer", &id, &response.encode_to_vec())?;
        idempotency::finish(&mut tx, &self.scope, &self.key, &sealed).await?;
        failpoint::hit("act.before_commit");
        tx.commit().await?;
        failpoint::hit("act.after_commit");
        Ok(response)
    }
}
