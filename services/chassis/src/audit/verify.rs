//! Verifying the log: every hash anew from the rows, against the signed heads.
//!
//! Rows and heads are read side by side in the order of positions, a page at a
//! time, so a log of any length needs the same memory. After a finding the walk
//! goes on from what is stored, to name every place and not only the first.

use std::{fmt, io, path::Path};

use ed25519_dalek::VerifyingKey;
use jiff::Timestamp;
use sqlx::PgPool;

use super::{
    chain::{self, GENESIS, Row},
    heads::{Head, HeadsReader, Line, file_of},
};

const PAGE: i64 = 2_000;
const MAX_FINDINGS: usize = 100;

/// Something that is not as it was written. Positions count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// This entry is not what was recorded.
    Changed {
        /// Its position.
        position: i64,
    },
    /// This entry was put between two others.
    Inserted {
        /// Its position.
        position: i64,
    },
    /// These entries are gone.
    Removed {
        /// The first one.
        first: i64,
        /// The last one.
        last: i64,
    },
    /// This entry does not follow the one before it: that one was replaced, or
    /// entries between them were removed and the rest renumbered.
    Unlinked {
        /// Its position.
        position: i64,
    },
    /// The end of the log was cut off.
    Truncated {
        /// The last entry that is left.
        last: i64,
        /// The last entry that was signed.
        signed: i64,
    },
    /// The chain is consistent but not the one that was signed: it was written anew.
    Rewritten {
        /// The first entry that may be affected.
        first: i64,
        /// The entry that the head names.
        last: i64,
    },
    /// A line of the heads file is not what was written.
    HeadDamaged {
        /// Its number, from 1.
        line: u64,
        /// What is wrong with it.
        why: &'static str,
    },
    /// There are entries and no head at all.
    HeadsMissing,
}

/// The result of a verification.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Entries in the chain.
    pub entries: u64,
    /// Lines in the heads file.
    pub heads: u64,
    /// When the last good head was signed.
    pub last_signed_at: Option<Timestamp>,
    /// Entries behind the last good head: nothing proves that none is missing after them.
    pub unsigned: u64,
    /// Entries not linked yet; they wait for the chainer.
    pub unchained: u64,
    /// What is wrong, in the order of places; at most 100.
    pub findings: Vec<Finding>,
}

/// Why a verification did not come to an end.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The database failed.
    #[error("cannot read the audit log")]
    Database(#[from] sqlx::Error),
    /// The heads file failed.
    #[error("cannot read the signed heads")]
    Heads(#[from] io::Error),
}

impl Report {
    /// Whether everything is as it was written.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { position } => write!(f, "entry {position} was changed"),
            Self::Inserted { position } => write!(f, "entry {position} was inserted"),
            Self::Removed { first, last } => write!(f, "entries {first} to {last} were removed"),
            Self::Unlinked { position } => {
                write!(
                    f,
                    "entries were replaced or removed just before entry {position}"
                )
            }
            Self::Truncated { last, signed } => write!(
                f,
                "the log ends at entry {last}, but entry {signed} was signed: its end was cut off"
            ),
            Self::Rewritten { first, last } => {
                write!(
                    f,
                    "entries {first} to {last} were written anew after they were signed"
                )
            }
            Self::HeadDamaged { line, why } => write!(f, "line {line} of the heads file: {why}"),
            Self::HeadsMissing => write!(f, "the log has entries and no signed head"),
        }
    }
}

/// Recomputes the log of `service` and compares it with its heads, signed by any of `keys`.
///
/// # Errors
/// When the log or the heads cannot be read.
pub async fn verify(
    pool: &PgPool,
    service: &str,
    heads_dir: &Path,
    keys: &[VerifyingKey],
) -> Result<Report, VerifyError> {
    let report = compare(pool, service, heads_dir, keys).await?;
    let missing = report.findings.contains(&Finding::HeadsMissing);
    // A service may have linked its first rows and signed them since we looked for the file.
    if missing && file_of(heads_dir, service).exists() {
        return compare(pool, service, heads_dir, keys).await;
    }
    Ok(report)
}

async fn compare(
    pool: &PgPool,
    service: &str,
    heads_dir: &Path,
    keys: &[VerifyingKey],
) -> Result<Report, VerifyError> {
    let mut conn = pool.acquire().await?;
    let mut walk = Walk::new(HeadsReader::open(heads_dir, service, keys)?)?;
    let mut after = (0, i64::MIN);
    loop {
        let rows = chain::page(&mut conn, after, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = (last.position.unwrap_or(i64::MAX), last.id);
        for row in &rows {
            walk.step(row)?;
        }
    }
    let mut report = walk.finish()?;
    report.unchained = chain::count_unchained(&mut conn).await?.unsigned_abs();
    Ok(report)
}

/// The walk along rows and heads.
struct Walk {
    report: Report,
    heads: HeadsReader,
    next_head: Option<Head>,
    /// Position of the last head that agreed.
    agreed: i64,
    /// Whether a finding since then explains a disagreement.
    explained: bool,
    /// Position of the row before, and the hashes of that row and of its predecessor.
    position: i64,
    hash: Vec<u8>,
    hash_before: Vec<u8>,
    /// A row whose content does not fit: changed, or inserted if the next row skips it.
    misfit: Option<i64>,
    highest_head: i64,
}

impl Walk {
    fn new(heads: HeadsReader) -> io::Result<Self> {
        let mut walk = Self {
            report: Report::default(),
            heads,
            next_head: None,
            agreed: 0,
            explained: false,
            position: 0,
            hash: GENESIS.to_vec(),
            hash_before: GENESIS.to_vec(),
            misfit: None,
            highest_head: 0,
        };
        walk.advance_head()?;
        Ok(walk)
    }

    fn find(&mut self, finding: Finding) {
        self.explained = true;
        let known = self.report.findings.last() == Some(&finding);
        if !known && self.report.findings.len() < MAX_FINDINGS {
            self.report.findings.push(finding);
        }
    }

    fn advance_head(&mut self) -> io::Result<()> {
        self.next_head = None;
        while let Some(line) = self.heads.next()? {
            match line {
                Line::Damaged { line, why } => self.find(Finding::HeadDamaged { line, why }),
                // The chain was cut and went on from there.
                Line::Good(head) if head.position <= self.highest_head => {
                    let (last, signed) = (head.position, self.highest_head);
                    self.find(Finding::Truncated { last, signed });
                }
                Line::Good(head) => {
                    self.highest_head = head.position;
                    self.next_head = Some(head);
                    break;
                }
            }
        }
        Ok(())
    }

    fn step(&mut self, row: &Row) -> io::Result<()> {
        let position = row.position.unwrap_or_default();
        let previous = row.previous.as_deref().unwrap_or_default();
        let stored = row.hash.as_deref().unwrap_or_default();
        let expected = self.position + 1;
        let gap = position > expected;
        let skips = previous == self.hash_before && self.position > 0;
        let misfit = self.misfit.take();
        match misfit {
            Some(position) if skips => self.find(Finding::Inserted { position }),
            Some(position) => self.find(Finding::Changed { position }),
            None => {}
        }
        if gap {
            let (first, last) = (expected, position - 1);
            self.find(Finding::Removed { first, last });
        }
        let genuine = row.hash_after(previous) == stored;
        // After a gap or a misfit the link cannot hold, and the place is named already.
        let linked = gap || misfit.is_some() || previous == self.hash;
        if position < expected {
            self.find(Finding::Inserted { position });
        } else if !genuine {
            self.misfit = Some(position);
        } else if !linked && skips {
            self.find(Finding::Inserted {
                position: self.position,
            });
        } else if !linked {
            self.find(Finding::Unlinked { position });
        }
        self.report.entries += 1;
        self.hash_before = std::mem::replace(&mut self.hash, stored.to_vec());
        self.position = position;
        self.compare_heads(position)
    }

    /// Compares the head that names this position; heads of removed entries are passed.
    fn compare_heads(&mut self, position: i64) -> io::Result<()> {
        while let Some(head) = self.next_head.take_if(|head| head.position <= position) {
            if head.position == position && head.hash.as_slice() == self.hash {
                self.agreed = position;
                self.explained = self.misfit.is_some();
                self.report.last_signed_at = Some(head.signed_at);
            } else if !self.explained && self.misfit.is_none() {
                let (first, last) = (self.agreed + 1, head.position);
                self.find(Finding::Rewritten { first, last });
            }
            self.advance_head()?;
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<Report> {
        if let Some(position) = self.misfit.take() {
            self.find(Finding::Changed { position });
        }
        let mut beyond = None;
        while let Some(head) = self.next_head.take() {
            beyond = Some(head.position);
            self.advance_head()?;
        }
        if let Some(signed) = beyond {
            let last = self.position;
            self.find(Finding::Truncated { last, signed });
        }
        self.report.heads = self.heads.read();
        if self.report.heads == 0 && self.report.entries > 0 {
            self.find(Finding::HeadsMissing);
        }
        self.report.unsigned = (self.position - self.agreed).unsigned_abs();
        Ok(self.report)
    }
}
