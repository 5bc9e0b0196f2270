//! The columns.

use super::{postings::Postings, row::Row};
use crate::domain::kin::person::face::LENGTH;

/// No face.
pub(super) const FACELESS: u32 = u32::MAX;

/// All reports in compact form. A report's number is the order in which it was added.
#[derive(Debug, Clone, Default)]
pub struct Index {
    pub(super) home: Vec<u16>,
    pub(super) lost_at: Vec<u16>,
    pub(super) loss: Vec<u16>,
    pub(super) birth: Vec<u16>,
    pub(super) traits: Vec<u8>,
    pub(super) height: Vec<u8>,
    pub(super) name: Vec<[u16; 3]>,
    pub(super) id: Vec<u64>,
    pub(super) face_at: Vec<u32>,
    pub(super) faces: Vec<[i8; LENGTH]>,
    pub(super) withdrawn: Vec<u32>,
    pub(super) postings: Postings,
    pub(super) surnames: Seen,
    pub(super) given: Seen,
}

/// Characters that occur, by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    known: Vec<bool>,
    pub(super) list: Vec<u16>,
}

impl Seen {
    fn add(&mut self, n: u16) {
        let at = usize::from(n);
        if self.known.len() <= at {
            self.known.resize(at + 1, false);
        }
        if n != 0 && !self.known[at] {
            self.known[at] = true;
            self.list.push(n);
        }
    }
}

impl Index {
    /// Adds a report and answers its number.
    pub fn add(&mut self, row: &Row) -> u32 {
        let number = self.home.len() as u32;
        self.home.push(row.home);
        self.lost_at.push(row.lost_at);
        self.loss.push(row.loss);
        self.birth.push(row.birth);
        self.traits.push(row.traits);
        self.height.push(row.height);
        self.name.push(row.name);
        self.id.push(row.id);
        self.surnames.add(row.name[0]);
        row.name[1..].iter().for_each(|c| self.given.add(*c));
        let face_at = row.face.as_ref().map_or(FACELESS, |f| {
            self.faces.push(f.0);
            self.faces.len() as u32 - 1
        });
        self.face_at.push(face_at);
        self.postings.add(&row.tokens, number);
        number
    }

    /// Takes a report out of all answers; a changed report is withdrawn and added anew.
    pub fn withdraw(&mut self, number: u32) {
        self.withdrawn.push(number);
    }

    /// Merges what was added and gives back spare memory; called after the load.
    pub fn freeze(&mut self) {
        self.postings.freeze();
        for column in [
            &mut self.home,
            &mut self.lost_at,
            &mut self.loss,
            &mut self.birth,
        ] {
            column.shrink_to_fit();
        }
        self.traits.shrink_to_fit();
        self.height.shrink_to_fit();
        self.name.shrink_to_fit();
        self.id.shrink_to_fit();
        self.face_at.shrink_to_fit();
        self.faces.shrink_to_fit();
    }

    /// Reports in the index.
    pub fn len(&self) -> usize {
        self.home.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.home.is_empty()
    }

    /// Bytes in memory, about.
    pub fn bytes(&self) -> usize {
        self.len() * (2 * 4 + 2 + 6 + 8 + 4) + self.faces.len() * LENGTH + self.postings.bytes()
    }
}
