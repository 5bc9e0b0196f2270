//! What happens at the counter of a hall: cards on the reader, the workbench, the register.

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use yiwang_e2e::{Api, Case, Stage, Suite, id_number, until};

/// 咸安区婚姻登记处 of the demonstration, and its division.
pub(crate) const HALL: &str = "421202001-01";
const DIVISION: &str = "421202001";
/// The reader on its counter.
const READER: &str = "1";

/// Somebody with an ID card.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) id_number: String,
    address: String,
}

impl Person {
    /// Somebody whose card says this.
    pub(crate) fn new(name: &str, id_number: &str, address: &str) -> Self {
        let [name, id_number, address] = [name, id_number, address].map(str::to_owned);
        Self {
            name,
            id_number,
            address,
        }
    }

    fn card(&self) -> Value {
        let born = &self.id_number[6..14];
        let man = self.id_number.as_bytes()[16] % 2 == 1;
        json!({
            "name": self.name, "id_number": self.id_number, "nation": "汉",
            "sex": if man { "男" } else { "女" },
            "birth_date": format!("{}-{}-{}", &born[..4], &born[4..6], &born[6..]),
            "address": self.address, "authority": "公安局",
            "valid_from": "2020-03-01", "valid_to": "2040-03-01",
        })
    }

    fn party(&self) -> Value {
        json!({"name": self.name, "id_number": self.id_number, "phone": "13871234567"})
    }
}

/// A man from 竹山 and a woman from 吴忠.
#[derive(Debug, Clone)]
pub(crate) struct Couple {
    pub(crate) man: Person,
    pub(crate) woman: Person,
}

impl Couple {
    /// Invented people; `sequence` (0 to 99) tells couples apart.
    pub(crate) fn new(sequence: u16) -> Self {
        let man = id_number("420323", "19920518", 601 + sequence * 2);
        let woman = id_number("640302", "19941103", 602 + sequence * 2);
        Self {
            man: Person::new("何青山", &man, "湖北省十堰市竹山县城关镇莲花村3组"),
            woman: Person::new("马小燕", &woman, "宁夏回族自治区吴忠市利通区金星镇12号"),
        }
    }
}

/// Lays a card on the reader of the counter.
pub(crate) async fn lay_card(suite: &Suite, person: &Person) -> anyhow::Result<()> {
    let url = suite.sandbox_url(&format!("/sandbox/v1/readers/{HALL}/{READER}"))?;
    let http = reqwest::Client::builder().no_proxy().build()?;
    let laid = http.post(url).json(&person.card()).send().await?;
    ensure!(
        laid.status().is_success(),
        "the reader takes no card: {}",
        laid.status()
    );
    Ok(())
}

/// Reads both cards on the check-in page and takes the application in.
pub(crate) async fn check_in(stage: &Stage, couple: &Couple) -> anyhow::Result<()> {
    let browser = &stage.browser;
    for (panel, person) in [("申请人一", &couple.man), ("申请人二", &couple.woman)] {
        lay_card(&stage.suite, person).await?;
        browser.click_within(panel, "读卡").await?;
        let typed = browser.value(&format!("{panel} › 姓名")).await?;
        ensure!(
            typed == person.name,
            "{panel} holds {typed:?} after reading the card"
        );
    }
    Ok(())
}

/// The number of the case on the workbench.
pub(crate) async fn number(stage: &Stage) -> anyhow::Result<String> {
    let path = stage.browser.path().await?;
    let number = path
        .strip_prefix("/hall/cases/")
        .with_context(|| format!("no workbench: {path}"))?;
    let end = number.find('?').unwrap_or(number.len());
    Ok(number[..end].to_owned())
}

/// Opens the workbench until it offers `label`.
pub(crate) async fn bench(stage: &Stage, number: &str, label: &str) -> anyhow::Result<()> {
    let browser = &stage.browser;
    until(
        &format!("the workbench of {number} offers “{label}”"),
        async || {
            browser.open(&format!("/hall/cases/{number}")).await?;
            Ok(browser.offers(label).await?.then_some(()))
        },
    )
    .await
}

/// Fills the form of a step in, ticks what is asked, presses its button.
pub(crate) async fn act(
    stage: &Stage,
    label: &str,
    answers: &[(&str, &str)],
) -> anyhow::Result<()> {
    press(stage, label, answers).await?;
    let problems = problems(stage).await?;
    ensure!(problems.is_empty(), "{label} is refused: {problems}");
    stage.browser.see(&format!("已办好：{label}")).await
}

/// The same, whatever comes of it.
pub(crate) async fn press(
    stage: &Stage,
    label: &str,
    answers: &[(&str, &str)],
) -> anyhow::Result<()> {
    let browser = &stage.browser;
    let unfold = "const found = [...document.querySelectorAll('details.task')]
        .find((one) => one.querySelector('summary').textContent.trim() === arguments[0]);
        if (found) found.open = true;";
    browser.script(unfold, vec![label.into()]).await?;
    for (question, answer) in answers {
        browser
            .answer(&format!("{label} › {question}"), answer)
            .await
            .with_context(|| format!("{question} = {answer}"))?;
    }
    let sure = format!("{label} › 我已经核对");
    if browser.has_field(&sure).await? {
        browser.tick(&sure).await?;
    }
    browser.click_within(label, label).await
}

/// What the page complains about; empty when nothing.
pub(crate) async fn problems(stage: &Stage) -> anyhow::Result<String> {
    let problems = stage.browser.script(
        "return document.querySelector('#problems')?.innerText ?? ''",
        vec![],
    );
    Ok(problems.await?.as_str().unwrap_or_default().to_owned())
}

/// Both signed and were told what the law asks.
pub(crate) const DECLARED: [(&str, &str); 3] = [
    ("申请人一已当面签名", "√"),
    ("申请人二已当面签名", "√"),
    ("已告知重大疾病", "√"),
];

/// Both want it, asked one at a time.
pub(crate) const WILLING: [(&str, &str); 2] = [
    ("申请人一回答：自愿结婚", "√"),
    ("申请人二回答：自愿结婚", "√"),
];

/// What both answer and sign before a divorce is registered.
pub(crate) const DIVORCING: [(&str, &str); 6] = [
    ("双方都已到场", "是"),
    ("申请人一自愿离婚", "是"),
    ("申请人二自愿离婚", "是"),
    ("双方确认离婚协议没有变更", "是"),
    ("申请人一已签署声明书和协议", "是"),
    ("申请人二已签署声明书和协议", "是"),
];

/// A registrar of the hall at another counter, through REST.
pub(crate) struct Registrar(pub(crate) Api);

impl Registrar {
    /// Signs the hall's second registrar in.
    pub(crate) async fn open(suite: &Suite) -> anyhow::Result<Self> {
        Ok(Self(suite.sign_in("hall1b").await?))
    }

    /// Marries a couple, up to the archive.
    pub(crate) async fn marry(&self, couple: &Couple) -> anyhow::Result<Case> {
        let form = json!({
            "hall": HALL, "kind": "marriage",
            "a": couple.man.party(), "b": couple.woman.party(),
        });
        let case = self
            .0
            .submit("marriage-registration", DIVISION, &form, &[])
            .await?;
        let number = case.number();
        self.wait_for(number, "declaration").await?;
        let declared = json!({
            "both_present": true, "a_signed": true, "b_signed": true, "illness_told": true,
        });
        self.0.act(number, "declare", &declared).await?;
        let willing = json!({"a_willing": true, "b_willing": true});
        self.0.act(number, "register", &willing).await?;
        let received = json!({"a_received": true, "b_received": true});
        self.0.act(number, "deliver", &received).await?;
        self.0.act(number, "archive", &json!({})).await
    }

    /// Accepts a divorce of a couple that the hall has married.
    pub(crate) async fn accept_divorce(&self, couple: &Couple) -> anyhow::Result<Case> {
        let form = json!({
            "hall": HALL, "registered_in": "mainland", "certificates": "both",
            "a": couple.man.party(), "b": couple.woman.party(),
            "agreement": {
                "will": true, "children": [],
                "property": "无共同财产", "debts": "无共同债务",
            },
        });
        let case = self
            .0
            .submit("divorce-registration", DIVISION, &form, &[])
            .await?;
        self.accept(case.number()).await
    }

    /// Accepts as soon as the police have answered.
    async fn accept(&self, number: &str) -> anyhow::Result<Case> {
        let present = json!({"both_present": true});
        until(&format!("{number} is accepted"), async || {
            let reply = self.0.act_reply(number, "accept", &present).await?;
            if reply.status == 200 {
                return Ok(Some(Case(reply.json()?)));
            }
            let problem = reply.problem()?;
            ensure!(problem.code == "ID_NOT_VERIFIED", "{problem:?}");
            Ok(None)
        })
        .await
    }

    /// Has both checked again, on the day of the certificate.
    pub(crate) async fn identify(&self, number: &str) -> anyhow::Result<()> {
        self.0.act(number, "recheck_identity", &json!({})).await?;
        until(
            &format!("the police have answered for {number}"),
            async || {
                let case = self.0.case(number).await?;
                let answered = case.row("公安机关核验结果")? == "一致";
                Ok(answered.then_some(()))
            },
        )
        .await
    }

    /// Waits until the case is in this state.
    pub(crate) async fn wait_for(&self, number: &str, state: &str) -> anyhow::Result<Case> {
        until(&format!("{number} is {state}"), async || {
            let case = self.0.case(number).await?;
            Ok((case.state() == state).then_some(case))
        })
        .await
    }
}
