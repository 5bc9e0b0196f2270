//! The demo accounts, read where people read them: on the sign-in page.

use anyhow::{Context, ensure};

/// An account of the demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// Who that is, in words.
    pub label: String,
    /// Login name.
    pub login: String,
    /// Password.
    pub password: String,
    /// The code of the second factor at this moment; none for citizens.
    pub code: Option<String>,
}

/// The accounts on a sign-in page.
pub(crate) fn on_page(html: &str) -> anyhow::Result<Vec<DemoAccount>> {
    let (_, table) = html
        .split_once("演示账号")
        .context("no demo accounts on this page")?;
    let (_, rest) = table
        .split_once("<tbody>")
        .context("no table of accounts")?;
    let (rows, _) = rest
        .split_once("</tbody>")
        .context("the table of accounts has no end")?;
    let accounts: Vec<DemoAccount> = rows.split("<tr").skip(1).filter_map(account).collect();
    ensure!(
        !accounts.is_empty(),
        "the sign-in page lists no demo accounts"
    );
    Ok(accounts)
}

fn account(row: &str) -> Option<DemoAccount> {
    let label = text_between(row, "<th", "</th>")?;
    let mut codes = row
        .split("<code>")
        .skip(1)
        .filter_map(|part| part.split("</code>").next());
    let login = unescape(codes.next()?);
    let password = unescape(codes.next()?);
    Some(DemoAccount {
        label,
        login,
        password,
        code: codes.next().map(unescape),
    })
}

fn text_between(html: &str, open: &str, close: &str) -> Option<String> {
    let (_, rest) = html.split_once(open)?;
    let (_, rest) = rest.split_once('>')?;
    rest.split_once(close)
        .map(|(text, _)| unescape(text.trim()))
}

fn unescape(text: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
    ];
    let text = named
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("&#38;", "&").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_read_from_the_page() {
        let html = r#"<h2>演示账号</h2><table><caption class="sr">演示账号</caption><thead><tr><th scope="col">身份</th></tr></thead><tbody>
            <tr><th scope="row">群众</th><td><code>zhang</code></td><td><code>a&amp;b&#34;</code></td><td>不需要</td></tr>
            <tr><th scope="row">乡镇</th><td><code>li</code></td><td><code>pw</code></td><td><code>123456</code></td></tr></tbody></table>"#;
        let found = on_page(html).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].password, "a&b\"");
        assert_eq!(found[0].code, None);
        assert_eq!(found[1].label, "乡镇");
        assert_eq!(found[1].code.as_deref(), Some("123456"));
    }
}
