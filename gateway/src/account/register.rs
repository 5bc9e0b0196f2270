//! A citizen registers.

use uuid::Uuid;
use yiwang_chassis::{
    fault::{Code, Fault, FieldViolation},
    ids,
};

use super::{Accounts, NewAccount, check, store};
use crate::{
    audit::{self, Record},
    crypto::Column,
    session::Authenticated,
};

impl Accounts {
    /// Registers a citizen; one active account per person.
    ///
    /// # Errors
    /// `INVALID_INPUT` with every wrong field (`/login`, `/password`, `/name`,
    /// `/id_number`, `/phone`), `ALREADY_EXISTS` with the field that is taken.
    pub async fn register(&self, new: NewAccount) -> Result<Authenticated, Fault> {
        let now = self.clock.now();
        let checked = check::registration(&new, now)?;
        let hash = self.passwords.hash(&new.password).await?;
        let id = ids::new(now);
        let person = self.vault.person_key(&checked.id_number);
        let seal = |column, text: &str| self.vault.seal_text(column, id, text);
        let row = store::NewRow {
            id,
            login: &checked.login,
            password_hash: &hash,
            name_sealed: seal(Column::Name, &checked.name)?,
            id_number_sealed: Some(seal(Column::IdNumber, checked.id_number.as_str())?),
            phone_sealed: Some(seal(Column::Phone, &checked.phone)?),
            person_key: Some(person.as_str()),
            totp_sealed: None,
            now,
        };
        let mut tx = self.pool.begin().await?;
        store::insert(&mut tx, &row).await?.map_err(taken)?;
        // No grant yet: an ID number is only typed until an officer has seen the card.
        audit::record(&mut tx, Record::by_account(id, "account.register"), now).await?;
        tx.commit().await?;
        Ok(citizen(id))
    }
}

pub(super) fn taken(taken: store::Taken) -> Fault {
    let field = match taken {
        store::Taken::Login => {
            FieldViolation::new("/login", "LOGIN_TAKEN", "这个登录名已有人使用，请换一个。")
        }
        store::Taken::Person => {
            let message =
                "这个身份证号已经注册过账户，请直接登录；如不是您本人注册，请到民政服务窗口办理。";
            FieldViolation::new("/id_number", "PERSON_REGISTERED", message)
        }
    };
    Fault {
        fields: vec![field],
        ..Fault::of(Code::AlreadyExists)
    }
}

fn citizen(account: Uuid) -> Authenticated {
    Authenticated {
        account,
        staff: false,
    }
}
