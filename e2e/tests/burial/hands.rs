//! What the family does with the pages, and the staff of the home over REST.

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use yiwang_e2e::{Api, Browser, Case, Stage, Suite, until};

/// 通山县通羊镇 and its cemetery.
pub(crate) const TOWN: &str = "421224100";
pub(crate) const CEMETERY: &str = "421224100-GM01";

const TOWN_NAMES: [&str; 4] = ["湖北省", "咸宁市", "通山县", "通羊镇"];
const LEVELS: [&str; 4] = [
    "省（自治区、直辖市）",
    "市（州）",
    "县（市、区）",
    "乡镇（街道）",
];

/// Somebody with an ID card.
pub(crate) struct Person {
    pub(crate) name: &'static str,
    pub(crate) id_number: String,
}

/// Chooses 通羊镇 in the boxes of a question.
pub(crate) async fn choose_town(browser: &Browser, question: &str) -> anyhow::Result<()> {
    for (level, place) in LEVELS.iter().zip(TOWN_NAMES) {
        browser
            .fill(&format!("{question} › {level}"), place)
            .await?;
    }
    Ok(())
}

/// Answers many questions.
pub(crate) async fn answer(browser: &Browser, answers: &[(&str, &str)]) -> anyhow::Result<()> {
    for (question, answer) in answers {
        browser
            .answer(question, answer)
            .await
            .with_context(|| format!("{question} = {answer}"))?;
    }
    Ok(())
}

/// Presses a button; what is complained about is an error.
pub(crate) async fn go_on(browser: &Browser, button: &str) -> anyhow::Result<()> {
    browser.click_in_main(button).await?;
    no_complaints(browser).await
}

/// The page names no problem.
pub(crate) async fn no_complaints(browser: &Browser) -> anyhow::Result<()> {
    let problems = browser.script(
        "return document.querySelector('#problems')?.innerText ?? ''",
        vec![],
    );
    let problems = problems.await?;
    ensure!(
        problems == "",
        "{} complains: {problems}",
        browser.path().await?
    );
    Ok(())
}

/// Follows the first link of this kind on the page.
pub(crate) async fn first_link(browser: &Browser, selector: &str) -> anyhow::Result<()> {
    let link = browser
        .script(
            "return document.querySelector(arguments[0])?.getAttribute('href') ?? ''",
            vec![selector.into()],
        )
        .await?;
    let link = link.as_str().filter(|link| !link.is_empty());
    let link = link.with_context(|| format!("no {selector} on the page"))?;
    browser.open(link).await
}

/// The health department signs the death certificate of somebody who died at home this night.
pub(crate) async fn certified(suite: &Suite, dead: &Person, day: &str) -> anyhow::Result<()> {
    let url = suite.sandbox_url("/sandbox/v1/certificates")?;
    let certificate = json!({
        "kind": "signed", "number": dead.id_number, "name": dead.name,
        "document": {"kind": "citizen_id", "number": dead.id_number},
        "household": TOWN, "ethnicity": "01", "died_at": format!("{day}T03:20:00+08:00"),
        "place": TOWN, "place_kind": "home", "cause": "natural", "signer": "clinic",
        "issuer": "124212244200000010", "issuer_name": "通山县人民医院", "signed_on": day,
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

/// The two who work at the home and the cemetery.
pub(crate) struct Staff {
    pub(crate) first: Api,
    pub(crate) second: Api,
}

impl Staff {
    /// Signs both in.
    pub(crate) async fn open(suite: &Suite) -> anyhow::Result<Self> {
        Ok(Self {
            first: suite.sign_in("funeral1").await?,
            second: suite.sign_in("funeral2").await?,
        })
    }

    /// The tag of the case's body.
    pub(crate) async fn tag(&self, number: &str) -> anyhow::Result<String> {
        let case = self.first.case(number).await?;
        Ok(case.row("遗体编号")?.to_owned())
    }

    /// A step that one writes down and the other countersigns; never one alone.
    pub(crate) async fn both(
        &self,
        number: &str,
        action: &str,
        data: Value,
    ) -> anyhow::Result<Case> {
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
}

/// Waits until the case is in this state, for whoever asks.
pub(crate) async fn wait_for(who: &Api, number: &str, state: &str) -> anyhow::Result<Case> {
    until(&format!("{number} is {state}"), async || {
        let case = who.case(number).await?;
        Ok((case.state() == state).then_some(case))
    })
    .await
}

/// The number in the address of the page after an application.
pub(crate) async fn number_on_page(stage: &Stage) -> anyhow::Result<String> {
    let path = stage.browser.path().await?;
    let (_, number) = path
        .rsplit_once("/done/")
        .with_context(|| format!("not handed in: {path}"))?;
    let end = number.find('?').unwrap_or(number.len());
    Ok(number[..end].to_owned())
}
