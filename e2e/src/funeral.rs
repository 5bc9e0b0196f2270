//! A death, and the funeral home's day over REST.

use anyhow::ensure;
use serde_json::{Value, json};

use crate::{api::Api, case::Case, suite::Suite, wait::until};

/// Somebody with an ID card.
#[derive(Debug, Clone)]
pub struct Person {
    /// Name.
    pub name: &'static str,
    /// ID number.
    pub id_number: String,
}

impl Person {
    /// Somebody of this name and number.
    #[must_use]
    pub fn new(name: &'static str, id_number: String) -> Self {
        Self { name, id_number }
    }
}

/// The health department signs the death certificate of somebody who died at home this night.
///
/// # Errors
/// When the sandbox refuses it.
pub async fn certified(suite: &Suite, dead: &Person, place: &str, day: &str) -> anyhow::Result<()> {
    let url = suite.sandbox_url("/sandbox/v1/certificates")?;
    let certificate = json!({
        "kind": "signed", "number": dead.id_number, "name": dead.name,
        "document": {"kind": "citizen_id", "number": dead.id_number},
        "household": place, "ethnicity": "01", "died_at": format!("{day}T03:20:00+08:00"),
        "place": place, "place_kind": "home", "cause": "natural", "signer": "clinic",
        "issuer": "124212244200000010", "issuer_name": "县人民医院", "signed_on": day,
    });
    let http = reqwest::Client::builder().no_proxy().build()?;
    let added = http.post(url).json(&certificate).send().await?;
    ensure!(
        added.status().is_success(),
        "no certificate: {}",
        added.text().await?
    );
    Ok(())
}

/// The two who work at the home and the cemetery of 通山县.
#[derive(Debug)]
pub struct Staff {
    /// Writes down.
    pub first: Api,
    /// Countersigns.
    pub second: Api,
}

impl Staff {
    /// Signs both in.
    ///
    /// # Errors
    /// When one cannot.
    pub async fn open(suite: &Suite) -> anyhow::Result<Self> {
        Ok(Self {
            first: suite.sign_in("funeral1").await?,
            second: suite.sign_in("funeral2").await?,
        })
    }

    /// The tag of the case's body.
    ///
    /// # Errors
    /// When there is none yet.
    pub async fn tag(&self, number: &str) -> anyhow::Result<String> {
        let case = self.first.case(number).await?;
        Ok(case.row("遗体编号")?.to_owned())
    }

    /// A step that one writes down and the other countersigns; never one alone.
    ///
    /// # Errors
    /// When it is refused, or one alone may sign.
    pub async fn both(&self, number: &str, action: &str, data: Value) -> anyhow::Result<Case> {
        self.first.act(number, action, &data).await?;
        let tag = json!({"tag": self.tag(number).await?});
        let alone = self.first.act_reply(number, "countersign", &tag).await?;
        let code = alone.problem()?.code;
        ensure!(
            code == "SAME_PERSON",
            "{action} signed by one alone: {code}"
        );
        self.second.act(number, "countersign", &tag).await
    }

    /// The certificate of a cremation that is over.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn certify(&self, number: &str) -> anyhow::Result<String> {
        self.first.act(number, "certify", &json!({})).await?;
        let case = until("the cremation certificate", async || {
            let case = self.first.case(number).await?;
            Ok((case.state() == "certified").then_some(case))
        });
        Ok(case.await?.row("火化证明")?.to_owned())
    }
}
