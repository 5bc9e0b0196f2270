//! Accounts at a counter, found by their login names.

use yiwang_chassis::{
    fault::Fault,
    identity::{Grant, Role},
};

use super::{Accounts, Colleague, check, store};
use crate::{crypto::Column, session::SignedIn};

impl Accounts {
    /// The clerk with this login name whose counter lies where `who` is a county officer.
    /// Anybody else is not there.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn clerk(&self, who: &SignedIn, login: &str) -> Result<Option<Colleague>, Fault> {
        let login = check::normal_login(login);
        let Some(found) = store::by_login(&self.pool, &login).await? else {
            return Ok(None);
        };
        let keeps = |division: &str| {
            let mut kept = who.grants.iter();
            kept.any(|grant| grant.role == Role::CountyOfficer && grant.covers(division))
        };
        let counters = found.divisions(Role::Clerk).filter(|at| keeps(at));
        let grants: Vec<Grant> = counters.map(|at| Grant::new(Role::Clerk, at)).collect();
        if grants.is_empty() {
            return Ok(None);
        }
        let Some(own) = store::own(&self.pool, found.id).await? else {
            return Ok(None);
        };
        let name = self
            .vault
            .open_text(Column::Name, found.id, &own.name_sealed)?;
        Ok(Some(Colleague {
            account: found.id,
            name,
            grants,
        }))
    }
}
