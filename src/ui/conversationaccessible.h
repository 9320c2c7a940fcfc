#pragma once

namespace casement {

/// Tells screen readers that a ConversationView is a document that can be read, not a label as Qt says of its base.
void installConversationAccessible();

} // namespace casement
