//! One's own account: what one sees of it, and a new password.

use secrecy::SecretString;
use yiwang_chassis::fault::Fault;
use yiwang_civic::mask;

use super::{Accounts, OwnAccount, check, guard, password, sign_in, store};
use crate::{
    audit::{self, Record},
    crypto::Column,
    session::{ClientInfo, SignedIn, store as sessions},
};

impl Accounts {
    /// The account of `who`, with ID number and phone masked.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn own(&self, who: &SignedIn) -> Result<OwnAccount, Fault> {
        let row = store::own(&self.pool, who.account)
            .await?
            .ok_or_else(Fault::not_found)?;
        let open = |column, sealed: Option<Vec<u8>>| {
            sealed
                .map(|sealed| self.vault.open_text(column, who.account, &sealed))
                .transpose()
        };
        let id_number = open(Column::IdNumber, row.id_number_sealed)?;
        let phone = open(Column::Phone, row.phone_sealed)?;
        Ok(OwnAccount {
            login: row.login,
            name: self
                .vault
                .open_text(Column::Name, who.account, &row.name_sealed)?,
            id_number: id_number.map(|number| mask::id_number(&number)),
            phone: phone.map(|phone| mask::phone(&phone)),
            second_factor: row.second_factor,
            texts: row.texts,
        })
    }

    /// Whether texts about news go to the phone of `who`.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn want_texts(&self, who: &SignedIn, texts: bool) -> Result<(), Fault> {
        let mut tx = self.pool.begin().await?;
        store::set_texts(&mut tx, who.account, texts).await?;
        let entry = Record::by(who, "account.texts").detail(serde_json::json!({ "texts": texts }));
        audit::record(&mut tx, entry, self.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Changes the password and ends all other sessions.
    ///
    /// # Errors
    /// `SIGN_IN_FAILED` when `current` is wrong, `INVALID_INPUT` for `/password`.
    pub async fn change_password(
        &self,
        who: &SignedIn,
        current: &SecretString,
        new: &SecretString,
        client: &ClientInfo,
    ) -> Result<(), Fault> {
        let account = self.verify_password(who, current, client).await?;
        let now = self.clock.now();
        let shortest = match account.totp_sealed {
            Some(_) => password::WITH_SECOND_FACTOR,
            None => password::ALONE,
        };
        let checked = check::password("/password", new, shortest, &[&account.login]);
        checked.map_err(|violation| Fault::invalid(vec![violation]))?;

        let hash = self.passwords.hash(new).await?;
        let mut tx = self.pool.begin().await?;
        store::set_password(&mut tx, account.id, &hash, now).await?;
        let reason = "password_changed";
        sessions::end_all(&mut tx, account.id, Some(who.session), reason, now).await?;
        audit::record(&mut tx, Record::by(who, "account.password.change"), now).await?;
        Ok(tx.commit().await?)
    }

    /// The account of `who`, once more sure that it is them.
    ///
    /// # Errors
    /// `SIGN_IN_FAILED`, `SIGN_IN_LOCKED`.
    pub(super) async fn verify_password(
        &self,
        who: &SignedIn,
        password: &SecretString,
        client: &ClientInfo,
    ) -> Result<store::Account, Fault> {
        let account = store::by_id(&self.pool, who.account).await?;
        let account = account.ok_or_else(Fault::unauthenticated)?;
        let now = self.clock.now();
        let attempt = guard::begin(&self.pool, &account.login, client.address, now).await?;
        let known = Some(account.password_hash.as_str());
        if !self.passwords.verify(password, known).await? {
            self.note_failure(Some(account.id), "password").await?;
            return Err(sign_in::wrong_password());
        }
        guard::take_back(&self.pool, &attempt).await?;
        Ok(account)
    }
}
