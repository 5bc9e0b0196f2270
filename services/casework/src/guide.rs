//! The guide 办事指南 and the read-only view of a case.

/// What the public reads before applying.
#[derive(Debug, Clone, Default)]
pub struct Guide {
    /// One sentence: what it is for.
    pub summary: &'static str,
    /// Who may apply.
    pub audience: &'static str,
    /// Conditions, each a sentence.
    pub conditions: Vec<&'static str>,
    /// Law and article.
    pub legal_basis: Vec<(&'static str, &'static str)>,
    /// What is needed and where it comes from.
    pub materials: Vec<MaterialSpec>,
    /// Steps: title, who, limit.
    pub steps: Vec<(&'static str, &'static str, &'static str)>,
    /// Time limit of the law.
    pub legal_time_limit: &'static str,
    /// Time limit this office promises.
    pub promised_time_limit: &'static str,
    /// Fee; free of charge for all assistance.
    pub fee: &'static str,
    /// What the applicant holds at the end.
    pub result: &'static str,
    /// Where to turn against a decision.
    pub appeal: &'static str,
    /// Filed by an officer at the counter, with the people before them: nobody applies online.
    pub at_counter: bool,
    /// The kind of appointment that can be booked for it, e.g. `marriage`; empty: none.
    pub appointment: &'static str,
}

/// A material: asked only when no department can share it (社会救助法 62).
#[derive(Debug, Clone, Copy)]
pub struct MaterialSpec {
    /// Stable code.
    pub code: &'static str,
    /// Chinese name.
    pub title: &'static str,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether an application without it is incomplete.
    pub required: bool,
    /// How to get or photograph it.
    pub hint: &'static str,
}

/// Where a material comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The applicant hands it in, mostly as a photo.
    Asked,
    /// The applicant brings it along and shows it on the spot; nothing is uploaded.
    Shown,
    /// Another department shares it; it may not be asked.
    Shared,
    /// We issued it.
    Issued,
}

impl Origin {
    /// Wire code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "ASKED",
            Self::Shown => "SHOWN",
            Self::Shared => "SHARED",
            Self::Issued => "ISSUED",
        }
    }
}

/// A standard in force, shown in the guide with its source.
#[derive(Debug, Clone)]
pub struct Standard {
    /// What it is.
    pub label: String,
    /// The amount with its unit.
    pub value: String,
    /// Law, notice or paper it comes from.
    pub source: String,
}

/// A titled block of the case page.
#[derive(Debug, Clone)]
pub struct Section {
    /// Heading.
    pub title: String,
    /// Label and value.
    pub rows: Vec<Row>,
    /// Hidden from the applicant: complaints, neighbours' words.
    pub confidential: bool,
}

impl Section {
    /// An empty block.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            rows: Vec::new(),
            confidential: false,
        }
    }

    /// Hides the block from the applicant and from officers who are on the form.
    #[must_use]
    pub fn for_officers(mut self) -> Self {
        self.confidential = true;
        self
    }

    /// Adds a value that everybody on the case may read.
    #[must_use]
    pub fn row(mut self, label: impl Into<String>, value: impl Into<String>) -> Self {
        self.rows.push(Row {
            label: label.into(),
            value: value.into(),
            sensitive: None,
        });
        self
    }

    /// Adds a value that officers see masked until they give a reason.
    /// `pointer` is unique within the case, e.g. `/form/members/0/id_number`.
    #[must_use]
    pub fn sensitive(
        mut self,
        label: impl Into<String>,
        value: impl Into<String>,
        mask: Mask,
        pointer: impl Into<String>,
    ) -> Self {
        let sensitive = Some((mask, pointer.into()));
        self.rows.push(Row {
            label: label.into(),
            value: value.into(),
            sensitive,
        });
        self
    }
}

/// One line of a [`Section`].
#[derive(Debug, Clone)]
pub struct Row {
    /// What it is.
    pub label: String,
    /// The value in full.
    pub value: String,
    /// How it is masked, and its pointer for the reveal.
    pub sensitive: Option<(Mask, String)>,
}

/// How a value is masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mask {
    /// 张*
    Name,
    /// 421221********1234
    IdNumber,
    /// 138****1234
    Phone,
    /// Last four digits.
    BankAccount,
    /// Down to the township.
    Address,
    /// Nothing is shown.
    Hidden,
}

impl Mask {
    /// The value of the form schema's `x-mask` annotation.
    #[must_use]
    pub fn from_annotation(text: &str) -> Self {
        match text {
            "name" => Self::Name,
            "id_number" => Self::IdNumber,
            "phone" => Self::Phone,
            "bank_account" => Self::BankAccount,
            "address" => Self::Address,
            _ => Self::Hidden,
        }
    }

    /// `value` as others see it.
    #[must_use]
    pub fn apply(self, value: &str) -> String {
        use yiwang_civic::mask;
        match self {
            Self::Name => mask::name(value),
            Self::IdNumber => mask::id_number(value),
            Self::Phone => mask::phone(value),
            Self::BankAccount => mask::bank_account(value),
            Self::Address => mask::address(value),
            Self::Hidden => "＊＊＊".to_owned(),
        }
    }
}
