//! What has happened in the demonstration before somebody looks: four families,
//! each at another point of the law. The first demo citizen has done nothing yet.

use std::time::Duration;

use anyhow::{Context, bail};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::rest::Rest;

use super::families::{Family, Member, TOWNSHIP};

const ITEM: &str = "minimum-living";

/// The two who investigate together (民发〔2021〕57号 asks for two).
const INVESTIGATORS: [&str; 2] = ["陈志强", "李晓燕"];

/// In the order of the stories.
pub(super) const FAMILIES: [Family; 4] = [
    Family {
        login: "citizen2",
        name: "王秀兰",
        born: "",
        income_yuan: 260,
        cause: "illness",
        story: "丈夫常年看病，家里靠种地和采茶。",
        members: &[Member {
            name: "陈家旺",
            born: "19660308271",
            relation: "spouse",
            child: false,
        }],
    },
    Family {
        login: "lidehou",
        name: "李德厚",
        born: "19710914213",
        income_yuan: 300,
        cause: "no_labour",
        story: "山上地少，靠种苞谷和打零工过日子。",
        members: &[
            Member {
                name: "赵桂香",
                born: "19740226224",
                relation: "spouse",
                child: false,
            },
            Member {
                name: "李小雨",
                born: "20140603218",
                relation: "child",
                child: true,
            },
        ],
    },
    Family {
        login: "zhaoyoufu",
        name: "赵有福",
        born: "19690719235",
        income_yuan: 280,
        cause: "disability",
        story: "前年摔伤了腰，干不了重活。",
        members: &[Member {
            name: "何春梅",
            born: "19720411246",
            relation: "spouse",
            child: false,
        }],
    },
    Family {
        login: "zhouguangming",
        name: "周光明",
        born: "19801008901",
        income_yuan: 320,
        cause: "unemployed",
        story: "厂子关了，还没找到新的工作。",
        members: &[Member {
            name: "周念",
            born: "20120905257",
            relation: "child",
            child: true,
        }],
    },
];

/// Tells the stories that are not there yet.
pub(super) async fn tell(rest: &Rest) -> anyhow::Result<()> {
    let [waits, incomplete, published, contradicted] = &FAMILIES;
    // 王秀兰 has applied; the township has five working days to look at it.
    submitted(rest, waits).await?;
    let mut township = None;
    if let Some(number) = submitted(rest, incomplete).await? {
        // 李德厚 was told once, and everything, what is missing.
        let township = officer(rest, &mut township).await?;
        let list = json!({"items": [{
            "code": "income_statement",
            "reason": "请写明苞谷和打零工各收入多少，自己写、拍照上传即可。",
        }]});
        township.act(&number, "request_correction", &list).await?;
    }
    if let Some(number) = submitted(rest, published).await? {
        // 赵有福's first opinion hangs on the village board for seven days.
        let township = officer(rest, &mut township).await?;
        investigated(township, &number).await?;
        let opinion = json!({"recommend": true, "reasons": "人均收入低于标准，财产符合规定。"});
        township
            .act(&number, "give_first_opinion", &opinion)
            .await?;
        township
            .act(
                &number,
                "post_notice",
                &json!({"place": "窑沟村村务公开栏"}),
            )
            .await?;
    }
    if let Some(number) = submitted(rest, contradicted).await? {
        // 周光明 did not declare a car; the check centre found it.
        let township = officer(rest, &mut township).await?;
        investigated(township, &number).await?;
    }
    Ok(())
}

/// Registers the family's applicant and hands the application in; none when
/// that was done before.
async fn submitted(rest: &Rest, family: &Family) -> anyhow::Result<Option<String>> {
    let body = family.registration();
    let (status, answer) = rest
        .send(reqwest::Method::POST, "/api/v1/accounts", Some(&body))
        .await?;
    if !status.is_success() && status != StatusCode::CONFLICT {
        bail!("{} cannot register: {answer}", family.login);
    }
    let citizen = rest.demo_account(family.login).await?;
    let cases = citizen.get("/api/v1/cases").await?;
    if cases["cases"]
        .as_array()
        .is_some_and(|cases| !cases.is_empty())
    {
        return Ok(None);
    }
    let number = citizen.submit(ITEM, TOWNSHIP, &family.form()).await;
    number.map(Some).with_context(|| family.name)
}

async fn officer<'a>(rest: &Rest, slot: &'a mut Option<Rest>) -> anyhow::Result<&'a Rest> {
    if slot.is_none() {
        *slot = Some(rest.demo_account("township").await?);
    }
    slot.as_ref().context("no officer")
}

/// 受理, the visit by two, and the report of the check centre.
async fn investigated(township: &Rest, number: &str) -> anyhow::Result<()> {
    township.act(number, "accept", &json!({})).await?;
    let two = json!({"investigators": INVESTIGATORS});
    township.act(number, "start_investigation", &two).await?;
    let clock = township.get("/api/v1/demo/clock").await?;
    let today = clock["now"]
        .as_str()
        .and_then(|now| now.get(..10))
        .context("no demo clock")?;
    let visit = json!({"kind": "home", "on": today, "officers": INVESTIGATORS,
                       "present": "申请人", "record": "土墙房三间，种地三亩。"});
    township.act(number, "record_visit", &visit).await?;
    township.act(number, "request_check", &json!({})).await?;
    for _ in 0..200 {
        let case: Value = township.get(&format!("/api/v1/cases/{number}")).await?;
        if case["state"] != "checking" {
            return Ok(());
        }
        sleep(Duration::from_millis(100)).await;
    }
    bail!("the check centre does not answer for {number}")
}
