//! The officers of 竹山县 at their work, through REST: brings a case to where a test begins.

use anyhow::{Context, bail};
use serde_json::{Value, json};

use crate::{api::Api, case::Case, suite::Suite, wait::until};

/// Names of the two investigators, as their accounts have them.
pub const INVESTIGATORS: [&str; 2] = ["陈志强", "李晓燕"];

/// Signed-in officers of one place.
#[derive(Debug)]
pub struct Office {
    /// 乡镇, investigates.
    pub township: Api,
    /// 县级, reviews.
    pub county: Api,
    /// 县级审批, confirms.
    pub approver: Api,
}

impl Office {
    /// Signs the demo officers in.
    ///
    /// # Errors
    /// When one cannot.
    pub async fn open(suite: &Suite) -> anyhow::Result<Self> {
        Ok(Self {
            township: suite.sign_in("township").await?,
            county: suite.sign_in("county").await?,
            approver: suite.sign_in("approver").await?,
        })
    }

    /// 受理 and the start of the investigation by two officers.
    ///
    /// # Errors
    /// When a step is refused.
    pub async fn accept(&self, number: &str) -> anyhow::Result<Case> {
        self.township.act(number, "accept", &json!({})).await?;
        let two = json!({"investigators": INVESTIGATORS});
        self.township.act(number, "start_investigation", &two).await
    }

    /// A home visit, and the check with the department's answer.
    ///
    /// # Errors
    /// When a step is refused or the centre does not answer.
    pub async fn investigate(&self, suite: &Suite, number: &str) -> anyhow::Result<Case> {
        let visit = json!({
            "kind": "home", "on": suite.clock().today().await?.to_string(), "officers": INVESTIGATORS,
            "present": "全家三人", "record": "土墙房三间，种苞谷三亩，无其他收入，与申报一致。",
        });
        self.township.act(number, "record_visit", &visit).await?;
        self.township
            .act(number, "request_check", &json!({}))
            .await?;
        self.wait_for(number, "investigating").await
    }

    /// First opinion and the notice; gives the id of the notice.
    ///
    /// # Errors
    /// When a step is refused.
    pub async fn publish(&self, number: &str) -> anyhow::Result<(Case, String)> {
        self.opinion(number, true).await?;
        let posted = json!({"place": "明清村村务公开栏"});
        let case = self.township.act(number, "post_notice", &posted).await?;
        let notice = case
            .list("notices")
            .iter()
            .find_map(|one| one["id"].as_str());
        let notice = notice.context("no notice on the case")?.to_owned();
        Ok((case, notice))
    }

    /// First opinion.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn opinion(&self, number: &str, recommend: bool) -> anyhow::Result<Case> {
        let opinion =
            json!({"recommend": recommend, "reasons": "人均收入低于标准，财产符合规定。"});
        self.township
            .act(number, "give_first_opinion", &opinion)
            .await
    }

    /// Moves the clock past the last day of the notice and waits for its timer.
    ///
    /// # Errors
    /// When the timer does not fire.
    pub async fn let_notice_end(&self, suite: &Suite, number: &str) -> anyhow::Result<Case> {
        let case = self.township.case(number).await?;
        let last = case.clock("notice_end")?["last_day"]
            .as_str()
            .context("no last day")?
            .to_owned();
        let last: jiff::civil::Date = last.parse()?;
        suite.clock().set_day(last.tomorrow()?, 9).await?;
        let what = format!("the notice of {number} ends");
        self.until_done(number, "notice_ended", &what).await?;
        self.township.case(number).await
    }

    /// To the county, which confirms.
    ///
    /// # Errors
    /// When a step is refused or the account is not kept.
    pub async fn confirm(&self, number: &str) -> anyhow::Result<Case> {
        self.township
            .act(number, "report_to_county", &json!({}))
            .await?;
        self.county.act(number, "review", &json!({})).await?;
        self.grant(number).await
    }

    /// The county confirms what it has reviewed, and the account is kept for the payments: that
    /// raises the version of the case once more.
    ///
    /// # Errors
    /// When it is refused or the account is not kept.
    pub async fn grant(&self, number: &str) -> anyhow::Result<Case> {
        self.approver.act(number, "confirm", &json!({})).await?;
        let what = format!("the account of {number} is kept");
        self.until_done(number, "payee_stored", &what).await?;
        self.approver.case(number).await
    }

    /// A submitted case all the way to its first payment month.
    ///
    /// # Errors
    /// When a step is refused.
    pub async fn support(&self, suite: &Suite, number: &str) -> anyhow::Result<Case> {
        self.accept(number).await?;
        self.investigate(suite, number).await?;
        self.publish(number).await?;
        self.let_notice_end(suite, number).await?;
        self.confirm(number).await?;
        let today = suite.clock().today().await?;
        let next_month = today.last_of_month().tomorrow()?;
        suite.clock().set_day(next_month, 9).await?;
        self.wait_for(number, "in_payment").await
    }

    /// Waits until a timer or a department has brought the case into this state.
    ///
    /// # Errors
    /// When that does not happen.
    pub async fn wait_for(&self, number: &str, state: &str) -> anyhow::Result<Case> {
        let mut last = String::new();
        let what = format!("{number} is {state}");
        let found = until(&what, async || {
            let case = self.township.case(number).await?;
            case.state().clone_into(&mut last);
            Ok((case.state() == state).then_some(case))
        });
        match found.await {
            Ok(case) => Ok(case),
            Err(error) => bail!("{error:#}; it is {last}"),
        }
    }

    /// Waits until the history of the case has this act of the product itself.
    async fn until_done(&self, number: &str, action: &str, what: &str) -> anyhow::Result<()> {
        until(what, async || {
            let history = self.township.history(number).await?;
            let entries = history["entries"].as_array().context("no history")?;
            let done = entries.iter().any(|one| one["action"] == action);
            Ok(done.then_some(()))
        })
        .await
    }

    /// The refusal of an act: its stable code.
    ///
    /// # Errors
    /// When it was not refused.
    pub async fn refusal(
        &self,
        who: &Api,
        number: &str,
        action: &str,
        data: &Value,
    ) -> anyhow::Result<String> {
        let reply = who.act_reply(number, action, data).await?;
        Ok(reply.problem()?.code)
    }
}
