"""Titles and lines that the page's tests share."""

SERVICE = "Customer Service Support Training"
CLAIMS = "Insurance Claim Handling Training"
SERVICE_LINES = (
    "I am sorry, I understand how frustrating this is. I can help: please give me your username, and I will offer "
    "assistance and troubleshoot it step by step.",
    "Thank you. For security I need to verify your email, then I will help you reset the password you changed in "
    "recent days. I will explain each step and fix it.",
    "Yes, I understand. I will send a reset link by email with a temporary password; please follow the steps and I "
    "will explain the process in detail until we fix it.",
    "Please wait ten minutes, then check your spam and junk folder. If it is not there, our support team can assist "
    "with an alternative; I understand your concern and will explain every step.",
)
MARKUP_LINE = "<img src=x onerror=\"alert('run')\"><script>alert('run')</script><b>hi</b>"
