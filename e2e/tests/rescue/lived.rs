//! The demonstration as somebody finds it: the station has people in care, a patrol has walked,
//! a family's report speaks of who is here.

use yiwang_e2e::{Suite, journey, until};

#[tokio::test]
async fn a_station_that_looks_lived_in() -> anyhow::Result<()> {
    journey(
        "rescue-lived",
        Suite::builder().with_past(),
        async |stage| {
            let browser = &stage.browser;
            stage
                .step("the public board shows who is looked for", async {
                    browser.open("/rescue/notices").await?;
                    browser.see("满").await?;
                    browser.look("notices").await
                })
                .await?;
            stage.officer("rescue1").await?;
            stage
                .step("every page of the station has something on it", async {
                    for (name, path, words) in [
                        ("board", "/rescue/board", "定点医院"),
                        ("calls", "/rescue/calls", "待办理"),
                        ("late", "/rescue/late", "发布寻亲公告"),
                        ("places", "/rescue/places", "男宿舍101"),
                        ("patrols", "/rescue/patrols", "永安城区"),
                        ("encounters", "/rescue/encounters", "潜山大桥"),
                        ("reports", "/rescue/reports", "河池"),
                        ("campaigns", "/rescue/campaigns", "为止，每天都有巡查"),
                        ("leaving", "/rescue/leaving", "办理返乡、托养、安置"),
                        ("institutions", "/rescue/institutions", "托养"),
                        ("returns", "/rescue/returns", "接送返回率"),
                        ("new-patrol", "/rescue/patrols/plan", "路线"),
                        ("work", "/work", "站内救助"),
                    ] {
                        browser.open(path).await?;
                        browser.see(words).await?;
                        browser.look(name).await?;
                    }
                    Ok(())
                })
                .await?;
            stage
                .step("two reports have become comparisons by themselves", async {
                    let api = stage.suite.sign_in("rescue1").await?;
                    until("two pairs to compare", async || {
                        let work = api.get("/api/v1/worklist?item=kin-match").await?.json()?;
                        let found = work["cases"].as_array().map_or(0, Vec::len);
                        Ok((found == 2).then_some(()))
                    })
                    .await?;
                    browser.open("/work?item=kin-match").await?;
                    browser.look("matches").await
                })
                .await?;
            stage.officer("township").await?;
            stage
                .step("the township knows whom to visit", async {
                    browser.open("/rescue/register").await?;
                    browser.see("超期").await?;
                    browser.look("register").await
                })
                .await?;
            stage.officer("rescuec").await?;
            stage
                .step("the county has what is late", async {
                    browser.open("/work").await?;
                    browser.see("站内救助").await?;
                    browser.look("county").await
                })
                .await
        },
    )
    .await
}
