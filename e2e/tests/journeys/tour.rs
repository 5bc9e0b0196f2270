//! Every page that needs no case: looked at in both widths.

use yiwang_e2e::{Suite, journey};

#[tokio::test]
async fn public_and_personal_pages() -> anyhow::Result<()> {
    journey("tour", Suite::builder(), async |stage| {
        let browser = &stage.browser;
        for (name, path) in [
            ("home", "/"),
            ("items", "/items"),
            ("items-found", "/items?q=低保"),
            ("items-none", "/items?q=火箭"),
            ("guide", "/items/minimum-living"),
            ("notices", "/notices"),
            ("notices-county", "/notices?place=竹山县"),
            ("help", "/help"),
            ("login", "/login"),
            ("register", "/register"),
            ("demo-clock", "/demo"),
            ("not-there", "/no-such-page"),
            ("no-such-item", "/items/no-such-item"),
        ] {
            stage
                .step(name, async {
                    browser.open(path).await?;
                    browser.look(name).await
                })
                .await?;
        }
        stage.stranger().await?;
        for (name, path) in [
            ("wants-sign-in", "/my"),
            ("wants-sign-in-case", "/cases/DB420323260101000000017"),
        ] {
            browser.open(path).await?;
            anyhow::ensure!(
                browser.path().await?.starts_with("/login"),
                "{path} is open to everybody"
            );
            browser.look(name).await?;
        }
        stage
            .step("a citizen", async {
                browser
                    .sign_in_as(
                        "citizen2",
                        &stage.suite.demo_account("citizen2").await?.password,
                    )
                    .await?;
                for (name, path) in [
                    ("my", "/my"),
                    ("account", "/account"),
                    ("staff-only", "/work"),
                ] {
                    browser.open(path).await?;
                    browser.look(name).await?;
                }
                browser.see_not("待办").await
            })
            .await?;
        stage
            .step("officers", async {
                stage.officer("township").await?;
                for (name, path) in [
                    ("work", "/work"),
                    ("work-region", "/work?view=REGION"),
                    ("work-overdue", "/work?view=OVERDUE"),
                    ("statistics", "/statistics"),
                    ("account-staff", "/account"),
                ] {
                    browser.open(path).await?;
                    browser.look(name).await?;
                }
                Ok(())
            })
            .await
    })
    .await
}
