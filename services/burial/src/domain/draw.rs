//! 双随机: who is inspected, and by whom, follows from a seed that everybody may check afterwards.
//!
//! The hash of the seed is published with the pool before the draw, so nobody can choose the
//! seed by its result. Facilities: sort the pool by SHA-256 of `seed \n object \n <code>` in hex
//! and take the first. Inspectors of a facility: those who need not avoid it, sorted by SHA-256
//! of `seed \n <facility> \n <inspector>`, the first. Anybody can do this with `sha256sum`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use yiwang_casework::Refusal;

use super::desk::at_field;

/// Somebody who may be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspector {
    /// Number of the enforcement card.
    pub id: String,
    /// Name.
    pub name: String,
    /// Facilities to be avoided 回避.
    #[serde(default)]
    pub avoids: Vec<String>,
}

/// One of the picked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// Code of the facility.
    pub facility: String,
    /// Numbers of those who go there.
    pub inspectors: Vec<String>,
}

/// What is drawn from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urn<'a> {
    /// Codes of facilities.
    pub pool: &'a [String],
    /// Inspectors.
    pub inspectors: &'a [Inspector],
    /// So many facilities.
    pub wanted: usize,
    /// So many inspectors for each; two at least (行政处罚法 42).
    pub each: usize,
}

/// Fewest inspectors at a place.
pub const LEAST_INSPECTORS: usize = 2;

impl Urn<'_> {
    /// Whether a draw from it can succeed, whatever the seed.
    ///
    /// # Errors
    /// `POOL_TWICE`, `POOL_TOO_SMALL`, `TOO_FEW_INSPECTORS`.
    pub fn check(&self) -> Result<(), Refusal> {
        let codes: BTreeSet<&String> = self.pool.iter().collect();
        let ids: BTreeSet<&String> = self.inspectors.iter().map(|one| &one.id).collect();
        if codes.len() != self.pool.len() || ids.len() != self.inspectors.len() {
            let message = "名单里有重复的设施或者执法人员，请删去重复的。";
            return Err(Refusal::new("POOL_TWICE", message));
        }
        if self.wanted == 0 || self.wanted > self.pool.len() {
            let message = format!("抽查数量应当在1到{}之间。", self.pool.len());
            return Err(at_field("POOL_TOO_SMALL", "/wanted", message));
        }
        let each = self.each.max(LEAST_INSPECTORS);
        let short = self.pool.iter().find(|code| self.free(code).count() < each);
        if self.each < LEAST_INSPECTORS || short.is_some() {
            let message =
                format!("每处检查不少于{each}名执法人员；除去应当回避的，人数不够，请补充名单。");
            return Err(at_field("TOO_FEW_INSPECTORS", "/inspectors", message));
        }
        Ok(())
    }

    fn free(&self, facility: &str) -> impl Iterator<Item = &Inspector> {
        let may = move |one: &&Inspector| !one.avoids.iter().any(|code| code == facility);
        self.inspectors.iter().filter(may)
    }

    /// Draws: the same seed always picks the same, whatever the order of the lists.
    #[must_use]
    pub fn draw(&self, seed: &str) -> Vec<Pick> {
        let mut codes: Vec<&String> = self.pool.iter().collect();
        codes.sort_by_cached_key(|code| ticket(seed, "object", code));
        codes
            .into_iter()
            .take(self.wanted)
            .map(|facility| {
                let mut free: Vec<&Inspector> = self.free(facility).collect();
                free.sort_by_cached_key(|one| ticket(seed, facility, &one.id));
                let chosen = free.into_iter().take(self.each);
                Pick {
                    facility: facility.clone(),
                    inspectors: chosen.map(|one| one.id.clone()).collect(),
                }
            })
            .collect()
    }
}

/// What is published before the draw.
#[must_use]
pub fn commitment(seed: &str) -> String {
    hex::encode(Sha256::digest(seed.as_bytes()))
}

fn ticket(seed: &str, what: &str, id: &str) -> String {
    hex::encode(Sha256::digest(format!("{seed}\n{what}\n{id}").as_bytes()))
}
