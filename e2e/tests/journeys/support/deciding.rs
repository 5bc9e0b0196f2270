//! Investigation, notice, confirmation.

use std::collections::BTreeSet;

use anyhow::ensure;
use jiff::ToSpan;
use yiwang_e2e::{Family, Stage, Suite, until};

use super::{AMOUNT, LOGIN, last_day, look_until_as, notice_path};
use crate::hands::*;

pub(super) async fn investigated(stage: &Stage, number: &str) -> anyhow::Result<()> {
    let browser = &stage.browser;
    let today = stage.suite.clock().today().await?.to_string();
    stage
        .step("one investigator is not enough", async {
            open_task(stage, "township", number, "启动调查").await?;
            browser
                .answer("启动调查 › 调查人员姓名 1", "陈志强")
                .await?;
            browser.click_within("启动调查", "启动调查").await?;
            browser.see("两名以上").await?;
            browser.look("20-one-investigator").await?;
            let second = [("调查人员姓名", "+"), ("调查人员姓名 2", "李晓燕")];
            finish_task(stage, "启动调查", &second).await
        })
        .await?;
    stage
        .step("a home visit by two officers", async {
            let visit = [
                ("方式", "入户调查"),
                ("日期", today.as_str()),
                ("调查人员姓名 1", "陈志强"),
                ("调查人员姓名", "+"),
                ("调查人员姓名 2", "李晓燕"),
                ("在场家庭成员", "全家三人"),
                (
                    "调查记录",
                    "土墙房三间，种苞谷三亩，无其他收入，与申报一致。",
                ),
            ];
            open_task(stage, "township", number, "登记调查").await?;
            browser.look("21-visit").await?;
            finish_task(stage, "登记调查", &visit).await
        })
        .await?;
    stage
        .step("the check centre answers", async {
            act(stage, "township", number, "提请信息核对", &[]).await?;
            look_until(stage, number, "与申报一致").await?;
            browser.look("22-checked").await
        })
        .await
}

pub(super) async fn published(stage: &Stage, family: &Family, number: &str) -> anyhow::Result<()> {
    let browser = &stage.browser;
    stage
        .step("first opinion and notice", async {
            let opinion = [
                ("建议给予最低生活保障", "是"),
                ("初审意见", "人均收入100元，低于标准，财产符合规定。"),
            ];
            act(stage, "township", number, "提出初审意见", &opinion).await?;
            act(
                stage,
                "township",
                number,
                "公示",
                &[("张贴地点", "明清村村务公开栏")],
            )
            .await?;
            browser.look("23-published").await
        })
        .await?;
    stage
        .step("anybody reads the notice, masked", async {
            stage.stranger().await?;
            browser.open("/notices?place=竹山县").await?;
            browser.see("最低生活保障初审公示").await?;
            browser.look("24-notices").await?;
            browser.open(&notice_path(stage, number).await?).await?;
            browser.see("何**").await?;
            browser.see("3人").await?;
            browser.look("25-notice").await?;
            let source = browser.source().await?;
            for secret in secrets(family) {
                ensure!(!source.contains(&secret), "the notice shows {secret}");
            }
            for word in ["疾病", "残疾", "缺少劳力", "明清村三组", "小学"] {
                ensure!(!source.contains(word), "the notice shows {word}");
            }
            Ok(())
        })
        .await?;
    stage
        .step("nobody can confirm before the seven days are over", async {
            stage.officer("township").await?;
            let last = last_day(stage, number, "notice_end").await?;
            let posted = stage.suite.clock().today().await?;
            ensure!(
                last >= posted.checked_add(7.days())?,
                "{posted} to {last} is too short"
            );
            let office = stage.suite.sign_in("township2").await?;
            let refused = office
                .act_reply(number, "report_to_county", &serde_json::json!({}))
                .await?;
            ensure!(
                refused.problem()?.code == "NOTICE_RUNNING",
                "{}",
                refused.text()
            );
            move_clock(stage, last).await?;
            let refused = office
                .act_reply(number, "report_to_county", &serde_json::json!({}))
                .await?;
            ensure!(
                refused.problem()?.code == "NOTICE_RUNNING",
                "on the last day: {}",
                refused.text()
            );
            browser.open("/demo").await?;
            browser.look("26-clock").await?;
            move_clock(stage, last.tomorrow()?).await
        })
        .await?;
    stage
        .step(
            "the notice is over and disappears from the public list",
            async {
                let path = notice_path(stage, number).await?;
                stage.stranger().await?;
                until("the notice is over", async || {
                    browser.open("/notices?place=竹山县").await?;
                    Ok((!browser.source().await?.contains(&path)).then_some(()))
                })
                .await
            },
        )
        .await
}

pub(super) async fn confirmed(stage: &Stage, number: &str) -> anyhow::Result<()> {
    let browser = &stage.browser;
    stage
        .step("to the county", async {
            look_until_as(stage, "township", number, "公示期满，无异议").await?;
            act(stage, "township", number, "上报县级", &[]).await?;
            act(stage, "county", number, "开始审核", &[]).await?;
            browser.look("27-county").await
        })
        .await?;
    stage
        .step(
            "another officer confirms; the grave step asks to be ticked",
            async {
                open_task(stage, "approver", number, "审核确认").await?;
                browser.look("28-confirm").await?;
                browser.click_within("审核确认", "审核确认").await?;
                browser.see("办了就不能撤回").await?;
                finish_task(stage, "审核确认", &[]).await?;
                browser.see(&format!("{AMOUNT}元")).await?;
                browser.look("29-confirmed").await
            },
        )
        .await?;
    stage
        .step("the amount is right to the fen", async {
            let citizen = stage
                .suite
                .stranger()
                .sign_in(LOGIN, Suite::PASSWORD, None)
                .await?;
            let case = citizen.case(number).await?;
            ensure!(case.state() == "confirmed", "{}", case.state());
            ensure!(
                case.row("每月金额")? == format!("{AMOUNT}元"),
                "{}",
                case.row("每月金额")?
            );
            ensure!(
                case.row("人均标准")? == "380.00元",
                "{}",
                case.row("人均标准")?
            );
            stage.citizen(LOGIN).await?;
            browser.open(&format!("/cases/{number}")).await?;
            browser.see(&format!("{AMOUNT}元")).await?;
            browser.look("30-citizen-confirmed").await?;
            browser.click("最低生活保障确认通知书").await?;
            browser.see(&format!("每月{AMOUNT}元")).await?;
            browser.look("31-confirmation").await?;
            browser.open("/my").await?;
            browser.see("消息").await?;
            browser.look("32-messages").await
        })
        .await
}

/// What must not be on a notice.
fn secrets(family: &Family) -> BTreeSet<String> {
    let people = [&family.applicant, &family.spouse, &family.child];
    let mut secrets: BTreeSet<String> = people
        .iter()
        .flat_map(|(name, id)| [name.clone(), id.clone()])
        .collect();
    secrets.extend(["13871234567", "6217004201234567890", LOGIN].map(str::to_owned));
    secrets
}
