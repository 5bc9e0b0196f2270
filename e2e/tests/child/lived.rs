//! The demonstration as somebody finds it: children of 虎山村 with their visits, cases, placements; and
//! the director's phone, where one category is chosen and a visit goes out with its photograph.

use yiwang_e2e::{Browser, Size, Suite, journey, until};

use crate::hands::{photograph, text};

#[tokio::test]
async fn a_village_that_looks_lived_in() -> anyhow::Result<()> {
    journey("child-lived", Suite::builder().with_past(), async |stage| {
        let browser = &stage.browser;
        for (who, pages) in [
            (
                "childc",
                [
                    ("files", "/child/files", "已超期"),
                    ("custody", "/child/custody", "家庭寄养"),
                    ("adoption", "/child/adoption", "约3岁"),
                    ("payments", "/child/payments", "事实无人抚养儿童"),
                ]
                .as_slice(),
            ),
            (
                "childcentre",
                &[
                    ("cases", "/child/cases", "没有告诉公安"),
                    ("reports", "/child/reports", "城关镇"),
                ],
            ),
            ("childs", &[("overdue", "/child/overdue", "虎山村")]),
        ] {
            stage.officer(who).await?;
            let look = stage.step("every page has something on it", async {
                for (name, path, words) in pages {
                    browser.open(path).await?;
                    browser.see(words).await?;
                    browser.look(&format!("{who}-{name}")).await?;
                }
                Ok(())
            });
            look.await?;
        }
        stage.officer("child1").await?;
        stage
            .step("one category of the day", async {
                browser.open("/child/day").await?;
                browser.resize(Size::Phone).await?;
                browser.see("要去看的孩子：3个").await?;
                browser.look("day").await?;
                browser.fill("看哪一类", "留守儿童（1）").await?;
                browser.see("要去看的孩子：1个").await
            })
            .await?;
        stage
            .step("a visit with a photograph goes to the file", async {
                browser.click("去看望").await?;
                write(browser).await?;
                browser.look("day-photo").await?;
                let keep = "document.querySelector('#visit-keep').click()";
                browser.script(keep, vec![]).await?;
                let api = stage.suite.sign_in("childs").await?;
                let last = "select file from child.visit order by received_at desc limit 1";
                until("the visit with its photograph", async || {
                    let number = text(&stage.suite, "child", last).await?;
                    let path = format!("/api/v1/child/files/{number}/visits");
                    let seen = api.get(&path).await?.json()?;
                    Ok((seen["visits"][0]["photos"] == 1).then_some(()))
                })
                .await?;
                browser.see("写好的都已送到").await?;
                browser.see("照片1张").await?;
                Ok(())
            })
            .await
    })
    .await
}

/// A visit in order, with one photograph.
async fn write(phone: &Browser) -> anyhow::Result<()> {
    phone.answer("在哪里", "家里").await?;
    phone.fill("见到了谁", "儿童、姑姑").await?;
    phone.answer("单独和孩子谈过话", "谈过").await?;
    phone
        .answer("孩子现在和谁生活", "和监护人、受托人一起生活")
        .await?;
    phone.click("下一步").await?;
    phone.click("六件都正常").await?;
    phone.click("下一步").await?;
    phone
        .fill("看到的情况", "自己的房间整洁，作业写完了")
        .await?;
    phone.fill("孩子自己怎么说", "想妈妈早点回来").await?;
    photograph(phone).await?;
    phone.click("下一步").await?;
    phone.answer("这次看下来", "正常").await
}
