//! The frame around every page.

/// The frame: title, navigation, who is signed in, size of print.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chrome {
    /// Title of the page.
    pub(crate) title: String,
    /// Which entry of the navigation is current.
    pub(crate) section: Section,
    /// Large print 长辈版.
    pub(crate) large: bool,
    /// Path and query of this page, to come back to.
    pub(crate) path: String,
    /// Who is signed in.
    pub(crate) user: Option<User>,
    /// Today's date in words, when the clock can be moved.
    pub(crate) demo: Option<String>,
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct User {
    /// Real name.
    pub(crate) name: String,
    /// Works for the state.
    pub(crate) staff: bool,
    /// Works with marriage registration: the registrars' hall is in the navigation.
    pub(crate) counter: bool,
    /// Where burial begins for them; empty: it is not in their navigation.
    pub(crate) burial: &'static str,
    /// The same of rescue; everybody else has its public pages.
    pub(crate) rescue: &'static str,
    /// The same of child protection.
    pub(crate) child: &'static str,
    /// Token for forms.
    pub(crate) csrf: String,
}

/// Entries of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Section {
    /// None of them.
    #[default]
    None,
    /// Home.
    Home,
    /// Items and applications.
    Items,
    /// Public notices.
    Notices,
    /// Own cases.
    Mine,
    /// The officers' worklist and case pages.
    Work,
    /// The registrars' hall.
    Hall,
    /// Burial, for those who work with it.
    Burial,
    /// Rescue: the stations' work, or what everybody may see.
    Rescue,
    /// Child protection: its staff's work, or what everybody may tell.
    Child,
    /// Statistics.
    Statistics,
    /// Help.
    Help,
}

/// A link of the navigation.
pub(crate) struct Link {
    pub(crate) href: &'static str,
    pub(crate) label: &'static str,
    pub(crate) current: bool,
}

impl Chrome {
    /// This frame with a title and a current section.
    #[must_use]
    pub(crate) fn titled(mut self, title: impl Into<String>, section: Section) -> Self {
        self.title = title.into();
        self.section = section;
        self
    }

    fn staff(&self) -> bool {
        self.user.as_ref().is_some_and(|user| user.staff)
    }

    /// Classes of the root element.
    pub(crate) fn classes(&self) -> &'static str {
        match (self.large, self.staff()) {
            (false, false) => "print",
            (true, false) => "large",
            (false, true) => "staff",
            (true, true) => "large staff",
        }
    }

    /// The navigation for this reader.
    pub(crate) fn nav(&self) -> Vec<Link> {
        let counter = self.user.as_ref().is_some_and(|user| user.counter);
        let entries: &[(&str, &str, Section)] = if self.staff() {
            &[
                ("/work", "待办", Section::Work),
                ("/hall", "婚姻登记", Section::Hall),
                ("/home/board", "殡葬", Section::Burial),
                ("/home/deaths", "殡葬", Section::Burial),
                ("/burial/planning", "殡葬", Section::Burial),
                ("/rescue/board", "救助", Section::Rescue),
                ("/rescue/register", "救助", Section::Rescue),
                ("/child/day", "儿童", Section::Child),
                ("/child/files", "儿童", Section::Child),
                ("/child/tasks", "儿童", Section::Child),
                ("/statistics", "统计", Section::Statistics),
                ("/items", "事项", Section::Items),
                ("/notices", "公示", Section::Notices),
                ("/help", "帮助", Section::Help),
            ]
        } else if self.user.is_some() {
            &[
                ("/", "首页", Section::Home),
                ("/items", "办事", Section::Items),
                ("/my", "我的办件", Section::Mine),
                ("/rescue", "救助寻亲", Section::Rescue),
                ("/child", "保护孩子", Section::Child),
                ("/notices", "公示", Section::Notices),
                ("/help", "帮助", Section::Help),
            ]
        } else {
            &[
                ("/", "首页", Section::Home),
                ("/items", "办事", Section::Items),
                ("/rescue", "救助寻亲", Section::Rescue),
                ("/child", "保护孩子", Section::Child),
                ("/notices", "公示", Section::Notices),
                ("/help", "帮助", Section::Help),
            ]
        };
        let link = |(href, label, section): &(&'static str, &'static str, Section)| Link {
            href,
            label,
            current: *section == self.section,
        };
        let burial = self.user.as_ref().map_or("", |user| user.burial);
        let rescue = self.user.as_ref().map_or("", |user| user.rescue);
        let child = self.user.as_ref().map_or("", |user| user.child);
        let open = |entry: &&(&str, _, Section)| match entry.2 {
            Section::Rescue => entry.0 == "/rescue" || entry.0 == rescue,
            Section::Hall => counter,
            Section::Burial => entry.0 == burial,
            Section::Child => entry.0 == "/child" || entry.0 == child,
            _ => true,
        };
        entries.iter().filter(open).map(link).collect()
    }

    /// Switches the size of print and comes back.
    pub(crate) fn display_link(&self) -> String {
        let large = if self.large { "0" } else { "1" };
        query("/display", &[("large", large), ("back", &self.path)])
    }

    /// Signs in and comes back.
    pub(crate) fn login_link(&self) -> String {
        match self.path.as_str() {
            "" | "/" => "/login".to_owned(),
            path if path.starts_with("/login") || path.starts_with("/register") => {
                "/login".to_owned()
            }
            path => query("/login", &[("next", path)]),
        }
    }
}

/// A path with an encoded query; empty values are left out.
pub(crate) fn query(path: &str, pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<_> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
    match serde_urlencoded::to_string(&pairs) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
    }
}
