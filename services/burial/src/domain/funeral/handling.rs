//! Who handles a funeral now. The form says who began it; a family may take over what the home
//! began for somebody unclaimed, and a body whose handler is lost becomes an unclaimed one (the
//! branch UNCLAIMED of rules F02 to F07, F11).

use super::{facts::Facts, form::Form, papers::Named};

/// Who handles it.
#[derive(Debug, Clone, Copy)]
pub struct Handling<'a> {
    /// The handler, whose card is looked at.
    pub handler: Named<'a>,
    /// What they are to the dead, in Chinese.
    pub relation: &'a str,
    /// Case of the unclaimed body; none: a family handles it.
    pub unclaimed: Option<&'a str>,
}

impl<'a> Handling<'a> {
    /// As it stands now.
    #[must_use]
    pub fn of(form: &'a Form, facts: &'a Facts) -> Self {
        if let Some(family) = &facts.family {
            return Self {
                handler: Named {
                    name: family.name.trim(),
                    number: family.number.trim(),
                },
                relation: family.relation.label(),
                unclaimed: None,
            };
        }
        let own = [facts.unclaimed.trim(), form.unclaimed.trim()];
        Self {
            handler: form.handler.named(),
            relation: form.handler.relation.label(),
            unclaimed: own.into_iter().find(|number| !number.is_empty()),
        }
    }
}
