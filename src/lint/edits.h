#pragma once

#include <string>
#include <string_view>

#include "text/diagnostic.h"

/// Edits of single statements that leave every other byte of a file as it was.
namespace dhcpair::lint {

/// The statement that begins at a place, with its ';' where the place ends before it.
text::Span WithSemicolon(const text::SourcePtr& source, text::Span statement);

/// Takes a statement away, and its line with it when nothing else stands there.
text::Edit Remove(const text::SourcePtr& source, text::Span statement);

/// Puts a statement behind another one: on a line of its own where that one is the last of a line.
text::Edit InsertBehind(const text::SourcePtr& source, text::Span statement,
                        std::string_view inserted);

}  // namespace dhcpair::lint
