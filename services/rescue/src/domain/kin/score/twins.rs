//! Reports of the same person: a family's and the police's, or the register's. They are no rivals of each other.

use crate::domain::kin::{
    place::{Shared, shared},
    prepare::ReportFeatures,
};

/// Whether two reports are by name, sex, home and birth of the same person.
pub fn same_person(a: &ReportFeatures, b: &ReportFeatures) -> bool {
    let births = a
        .birth
        .zip(b.birth)
        .is_some_and(|(x, y)| x.first <= y.last && y.first <= x.last);
    a.name.is_some()
        && a.name == b.name
        && a.sex == b.sex
        && births
        && shared(a.home, b.home) >= Shared::Prefecture
}

/// Numbers candidates by person; only the first twenty are looked at.
pub fn numbers(candidates: &[&ReportFeatures]) -> Vec<usize> {
    let mut out: Vec<usize> = (0..candidates.len()).collect();
    for i in 0..candidates.len().min(20) {
        if let Some(j) = (0..i).find(|j| same_person(candidates[*j], candidates[i])) {
            out[i] = out[j];
        }
    }
    out
}
