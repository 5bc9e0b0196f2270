//! What operators and security administrators do with accounts. Every change
//! ends the account's sessions, so that it takes effect at once.

use jiff::Timestamp;
use secrecy::SecretString;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{
    db::to_chrono,
    fault::{Code, Fault},
    identity::{Grant, Role},
    ids,
};

use super::{Accounts, Colleague, NewStaff, check, guard, password, register, store, totp};
use crate::{
    audit::{self, Record},
    crypto::{self, Column},
    session::{SignedIn, store as sessions},
};

impl Accounts {
    /// Creates an account that works for the state.
    ///
    /// # Errors
    /// `INVALID_INPUT` with the wrong fields, `ALREADY_EXISTS`.
    pub async fn create_staff(&self, new: NewStaff) -> Result<Uuid, Fault> {
        self.create_staff_as(ids::new(self.clock.now()), new).await
    }

    /// The same under an id that others know already.
    ///
    /// # Errors
    /// As [`Self::create_staff`].
    pub async fn create_staff_as(&self, id: Uuid, new: NewStaff) -> Result<Uuid, Fault> {
        let now = self.clock.now();
        let wrong = |violation| Fault::invalid(vec![violation]);
        let login = check::login(&new.login).map_err(wrong)?;
        let name = check::name(&new.name).map_err(wrong)?;
        let shortest = password::WITH_SECOND_FACTOR;
        check::password("/password", &new.password, shortest, &[&login]).map_err(wrong)?;
        let person = new
            .id_number
            .as_deref()
            .map(|number| check::id_number(number, now));
        let person = person.transpose().map_err(wrong)?;
        if person.is_none() && new.grants.iter().any(|grant| handles_cases(grant.role)) {
            let message = "办理业务的人员须登记身份证号，以便回避本人和近亲属的办件。";
            return Err(Fault::invalid_field("/id_number", "REQUIRED", message));
        }
        let totp = new
            .totp_secret
            .as_deref()
            .map(totp::from_base32)
            .transpose()?;
        let totp = totp.map(|secret| self.vault.seal(Column::Totp, &id.to_string(), &secret));
        let id_number = person.as_ref();
        let id_number =
            id_number.map(|number| self.vault.seal_text(Column::IdNumber, id, number.as_str()));
        let key = person.as_ref().map(|number| self.vault.person_key(number));
        let hash = self.passwords.hash(&new.password).await?;
        let row = store::NewRow {
            id,
            login: &login,
            password_hash: &hash,
            name_sealed: self.vault.seal_text(Column::Name, id, &name)?,
            id_number_sealed: id_number.transpose()?,
            phone_sealed: None,
            person_key: key.as_ref().map(|key| key.as_str()),
            totp_sealed: totp.transpose()?,
            now,
        };
        let mut tx = self.pool.begin().await?;
        store::insert(&mut tx, &row)
            .await?
            .map_err(register::taken)?;
        self.grant(&mut tx, id, &new.grants, now).await?;
        let entry = Record::by_system("system:ops", "account.create").object(id);
        audit::record(&mut tx, entry, now).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Replaces the grants of an account and ends its sessions.
    ///
    /// # Errors
    /// `INVALID_INPUT` when roles that must be separate come together.
    pub async fn set_grants(&self, account: Uuid, grants: &[Grant]) -> Result<(), Fault> {
        let now = self.clock.now();
        let mut tx = self.pool.begin().await?;
        self.grant(&mut tx, account, grants, now).await?;
        sessions::end_all(&mut tx, account, None, "grants_changed", now).await?;
        Ok(tx.commit().await?)
    }

    /// Notes that an officer has seen the person with their ID card (实名核验). Only
    /// then does the account reach cases that somebody else filed for that person:
    /// typing an ID number proves nothing.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn verify_identity(&self, account: Uuid) -> Result<(), Fault> {
        let now = self.clock.now();
        let mut tx = self.pool.begin().await?;
        store::add_grant(&mut tx, account, &Grant::new(Role::Citizen, "000000"), now).await?;
        let entry = Record::by_system("system:ops", "account.verify").object(account);
        audit::record(&mut tx, entry, now).await?;
        Ok(tx.commit().await?)
    }

    /// Disables an account for good; its person may register anew.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn disable(&self, account: Uuid) -> Result<(), Fault> {
        let now = self.clock.now();
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "update gateway.account set disabled_at = $2 where id = $1 and disabled_at is null",
        )
        .bind(account)
        .bind(to_chrono(now))
        .execute(&mut *tx)
        .await?;
        sessions::end_all(&mut tx, account, None, "disabled", now).await?;
        let entry = Record::by_system("system:ops", "account.disable").object(account);
        audit::record(&mut tx, entry, now).await?;
        Ok(tx.commit().await?)
    }

    /// Gives an account a random password, to be handed over in person, and ends
    /// its sessions; `second_factor` also removes the authenticator, which staff
    /// then enrol anew.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn reset(&self, account: Uuid, second_factor: bool) -> Result<SecretString, Fault> {
        let now = self.clock.now();
        let password = crypto::random_token();
        let hash = self.passwords.hash(&password).await?;
        let mut tx = self.pool.begin().await?;
        store::set_password(&mut tx, account, &hash, now).await?;
        if second_factor {
            store::forget_totp(&mut tx, account).await?;
        }
        store::forget_tickets(&mut tx, account).await?;
        sessions::end_all(&mut tx, account, None, "reset", now).await?;
        let entry = Record::by_system("system:ops", "account.reset").object(account);
        audit::record(&mut tx, entry, now).await?;
        tx.commit().await?;
        Ok(password)
    }

    /// Lifts the lock-out of a login name.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn unlock(&self, login: &str) -> Result<(), Fault> {
        Ok(guard::unlock(&self.pool, &check::normal_login(login)).await?)
    }

    /// The account with this login name, unless it is disabled.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn find(&self, login: &str) -> Result<Option<Uuid>, Fault> {
        let found = store::by_login(&self.pool, &check::normal_login(login)).await?;
        Ok(found.map(|account| account.id))
    }

    /// Officers whose grants lie within those of `who`, for a hand-over.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn colleagues(&self, who: &SignedIn) -> Result<Vec<Colleague>, Fault> {
        let mut found: Vec<Colleague> = Vec::new();
        let staff = who.grants.iter().filter(|grant| grant.role.is_staff());
        for scope in staff.filter_map(Grant::scope) {
            for (account, name, grants) in store::granted_within(&self.pool, scope).await? {
                if account == who.account || found.iter().any(|one| one.account == account) {
                    continue;
                }
                let name = self.vault.open_text(Column::Name, account, &name)?;
                let grants = grants.0.into_iter().filter_map(|(role, division)| {
                    let role = role.parse::<Role>().ok().filter(|role| role.is_staff())?;
                    Some(Grant { role, division })
                });
                let grants: Vec<Grant> = grants.collect();
                if !grants.is_empty() {
                    found.push(Colleague {
                        account,
                        name,
                        grants,
                    });
                }
            }
        }
        Ok(found)
    }

    async fn grant(
        &self,
        conn: &mut PgConnection,
        account: Uuid,
        grants: &[Grant],
        now: Timestamp,
    ) -> Result<(), Fault> {
        if grants.iter().any(|grant| grant.scope().is_none()) {
            let message = "授权的行政区划代码不正确。";
            return Err(Fault::invalid_field("/grants", "DIVISION", message));
        }
        separated(grants)?;
        store::set_grants(conn, account, grants, now).await?;
        let detail = serde_json::json!({ "grants": grants });
        let entry = Record::by_system("system:ops", "account.grant")
            .object(account)
            .detail(detail);
        Ok(audit::record(conn, entry, now).await?)
    }
}

const ADMINISTRATORS: [Role; 3] = [Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor];

fn handles_cases(role: Role) -> bool {
    role.is_staff() && !ADMINISTRATORS.contains(&role)
}

/// 三员分立: system, security and audit are three persons, and none handles cases.
fn separated(grants: &[Grant]) -> Result<(), Fault> {
    let admins = ADMINISTRATORS;
    let held = |role: &Role| grants.iter().any(|grant| grant.role == *role);
    let admin_roles = admins.iter().filter(|role| held(role)).count();
    let case_roles = grants.iter().any(|grant| handles_cases(grant.role));
    if admin_roles > 1 || (admin_roles == 1 && case_roles) {
        let message = "系统管理员、安全管理员、审计人员须由不同的人担任，且不得兼办业务。";
        return Err(Fault::new(
            Code::InvalidInput,
            "ROLES_NOT_SEPARATED",
            message,
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_administrators_are_separate_persons() {
        let grants = |roles: &[Role]| {
            roles
                .iter()
                .map(|role| Grant::new(*role, "000000"))
                .collect::<Vec<_>>()
        };
        assert!(separated(&grants(&[Role::Auditor])).is_ok());
        assert!(separated(&grants(&[Role::Auditor, Role::Citizen])).is_ok());
        assert!(separated(&grants(&[Role::Clerk, Role::TownshipOfficer])).is_ok());
        assert!(separated(&grants(&[Role::Auditor, Role::SystemAdmin])).is_err());
        assert!(separated(&grants(&[Role::SecurityAdmin, Role::CountyOfficer])).is_err());
    }
}
