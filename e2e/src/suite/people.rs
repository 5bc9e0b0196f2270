//! Who uses the running product: demo accounts and newly registered citizens.

use std::time::Duration;

use anyhow::Context;

use super::{Suite, ops};
use crate::{
    accounts::{self, DemoAccount},
    api::Api,
    wait::until_within,
};

impl Suite {
    /// REST as the demo account whose login name or label holds `who`.
    ///
    /// # Errors
    /// When there is no such account or it cannot sign in.
    pub async fn sign_in(&self, who: &str) -> anyhow::Result<Api> {
        let mut last = None;
        // A code is good once: the page may have to come to the next one.
        until_within(
            Duration::from_secs(75),
            &format!("{who} signs in"),
            async || {
                let account = self.demo_account(who).await?;
                if account.code.is_some() && account.code == last {
                    return Ok(None);
                }
                last.clone_from(&account.code);
                let (login, password, code) =
                    (&account.login, &account.password, account.code.as_deref());
                self.stranger()
                    .sign_in(login, password, code)
                    .await
                    .map(Some)
            },
        )
        .await
    }

    /// REST as a newly registered citizen; gives the login name too. The password is [`Suite::PASSWORD`].
    ///
    /// # Errors
    /// When the registration is refused.
    pub async fn register(&self, name: &str, id_number: &str) -> anyhow::Result<(Api, String)> {
        if let Ok(mut names) = self.names.lock() {
            names.insert(name.to_owned());
        }
        let login = format!("u{}", &id_number[6..18].to_lowercase());
        let body = serde_json::json!({
            "login": login, "password": Self::PASSWORD, "name": name,
            "id_number": id_number, "phone": "13800001234",
        });
        self.stranger()
            .post("/api/v1/accounts", &body)
            .await?
            .expect(201)?;
        Ok((
            self.stranger()
                .sign_in(&login, Self::PASSWORD, None)
                .await?,
            login,
        ))
    }

    /// An officer has seen this citizen with their ID card.
    ///
    /// # Errors
    /// With what `yiwang ops` said.
    pub fn verify_identity(&self, login: &str) -> anyhow::Result<()> {
        ops(self.data(), &["accounts", "verify", login]).map(drop)
    }

    /// The password of everybody whom a test registers.
    pub const PASSWORD: &str = "correct horse battery";

    /// The demo accounts, as the sign-in page shows them now.
    ///
    /// # Errors
    /// When the page does not list them.
    pub async fn demo_accounts(&self) -> anyhow::Result<Vec<DemoAccount>> {
        let page = self
            .http
            .get(self.url("/login"))
            .send()
            .await?
            .error_for_status()?;
        accounts::on_page(&page.text().await?)
    }

    /// The demo account whose login name is `who`, or whose label or login name holds it.
    ///
    /// # Errors
    /// When there is none.
    pub async fn demo_account(&self, who: &str) -> anyhow::Result<DemoAccount> {
        let accounts = self.demo_accounts().await?;
        let exact = accounts
            .iter()
            .find(|one| one.login == who || one.label == who);
        let close = accounts
            .iter()
            .find(|one| one.login.contains(who) || one.label.contains(who));
        exact
            .or(close)
            .cloned()
            .with_context(|| format!("no demo account {who:?} in {accounts:?}"))
    }
}
