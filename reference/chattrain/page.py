"""The static files of the pilot page."""

from reference.common.pages import CONTENT_SECURITY_POLICY, MEDIA_TYPES, PageFile, PageFiles

__all__ = ["CONTENT_SECURITY_POLICY", "MEDIA_TYPES", "PageFile", "PageFiles"]
