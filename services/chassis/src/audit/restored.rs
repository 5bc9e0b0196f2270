//! After a restore the log is shorter than its signed heads say. The heads of what was lost are set
//! aside as the proof of it, and the log goes on from where it ends.

use std::{
    fs::{File, OpenOptions},
    io::{self, Seek as _},
    path::{Path, PathBuf},
};

use ed25519_dalek::VerifyingKey;
use jiff::Timestamp;
use sqlx::{Connection as _, PgPool};

use super::{
    Entry, Finding, VerifyError, chain,
    heads::{End, file_of},
    record, verify,
};
use crate::leader::{self, Task};

/// Entries that were signed and are gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Position of the first one.
    pub first: i64,
    /// Position of the last one that a head names.
    pub last: i64,
    /// How many heads name them.
    pub heads: usize,
    /// Where they are now; belongs to the log for as long as that is kept.
    pub kept_in: PathBuf,
}

/// Why nothing was set aside.
#[derive(Debug, thiserror::Error)]
pub enum RestoredError {
    /// Somebody chains this log.
    #[error("the service runs on this database: stop it first")]
    Running,
    /// A restore takes away the end of the log and changes nothing else. When services ran since
    /// then, their heads follow those of the lost entries.
    #[error("this is not what a restore leaves behind, or services have run since: {0}")]
    Otherwise(Finding),
    /// Log or heads cannot be read.
    #[error(transparent)]
    Verify(#[from] VerifyError),
    /// The database failed.
    #[error("cannot write the audit log")]
    Database(#[from] sqlx::Error),
    /// The heads cannot be written.
    #[error("cannot write the signed heads")]
    Heads(#[from] io::Error),
}

/// Sets the heads of lost entries aside, and says so in the log with the `reason`. Nothing when the
/// log is good; `dry_run` only looks.
///
/// # Errors
/// When the service runs, when anything else is wrong with the log, or database or file fail.
pub async fn restored(
    pool: &PgPool,
    service: &str,
    heads_dir: &Path,
    keys: &[VerifyingKey],
    now: Timestamp,
    reason: &str,
    dry_run: bool,
) -> Result<Option<Lost>, RestoredError> {
    let chainer = leader::take(pool, Task::Chainer).await?;
    let mut session = chainer.ok_or(RestoredError::Running)?;
    let report = verify(pool, service, heads_dir, keys).await?;
    let Some(finding) = report.findings.first() else {
        return Ok(None);
    };
    let otherwise = || RestoredError::Otherwise(finding.clone());
    let &[Finding::Truncated { last, signed }] = report.findings.as_slice() else {
        return Err(otherwise());
    };
    let tip = chain::tip(&mut session).await?;
    let path = file_of(heads_dir, service);
    let end = End::after(&path, last)?;
    if tip.map_or(0, |tip| tip.0) != last || end.goes_back {
        return Err(otherwise());
    }
    let name = format!("{service}.lost-%Y%m%dT%H%M%SZ.jsonl");
    let lost = Lost {
        first: last + 1,
        last: signed,
        heads: end.heads,
        kept_in: heads_dir.join(now.strftime(&name).to_string()),
    };
    if dry_run {
        return Ok(Some(lost));
    }
    // Cut in place, so that the file stays its owner's, and last: a crash before it leaves all of it
    // to be done again.
    let mut heads = OpenOptions::new().read(true).write(true).open(&path)?;
    keep(&mut heads, end.begins_at, &lost.kept_in)?;
    let object = format!("entries/{}-{}", lost.first, lost.last);
    let entry = Entry::repair(now, "audit.restored", object, Some(reason));
    let mut tx = session.begin().await?;
    record(&mut tx, &entry).await?;
    tx.commit().await?;
    heads.set_len(end.begins_at)?;
    heads.sync_all()?;
    session.close().await?;
    Ok(Some(lost))
}

/// Copies what begins at a byte of `heads`, and waits until it is on disk.
fn keep(heads: &mut File, begins_at: u64, into: &Path) -> io::Result<()> {
    heads.seek(io::SeekFrom::Start(begins_at))?;
    let mut kept = File::create(into)?;
    io::copy(heads, &mut kept)?;
    kept.sync_all()?;
    into.parent()
        .map_or(Ok(()), |dir| File::open(dir)?.sync_all())
}
