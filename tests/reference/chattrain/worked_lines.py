"""The worked lines of the contract: scenario, step, line, match percentage, score."""

SERVICE, CLAIMS = "customer_service_v1", "claim_handling_v1"

FULL_SERVICE = (
    "I am sorry, I understand how frustrating this is. I can help: please give me your username, and I will offer "
    "assistance and troubleshoot it step by step.",
    "Thank you. For security I need to verify your email, then I will help you reset the password you changed in "
    "recent days. I will explain each step and fix it.",
    "Yes, I understand. I will send a reset link by email with a temporary password; please follow the steps and I "
    "will explain the process in detail until we fix it.",
    "Please wait ten minutes, then check your spam and junk folder. If it is not there, our support team can assist "
    "with an alternative; I understand your concern and will explain every step.",
)
FULL_CLAIMS = (
    "I am so sorry to hear that and I understand it is frustrating. I can help and assist you: please share your "
    "policy information and I will explain each step.",
    "Thank you. Please give me the details: when and where did it happen, was the other driver or anyone hurt, any "
    "injuries, and is there information from the police? I understand your concern and will explain how we resolve "
    "this step by step.",
    "Please see a doctor soon so we have a medical report of your injuries. I understand your concern. I will give "
    "you a claim number and explain the next steps in detail so that we can resolve this. Thank you.",
    "Thank you, I appreciate it. Please send the photos and documentation; use your claim number. An adjuster will "
    "contact you with the next steps. I understand and can help; I will explain each step and support you to resolve "
    "this.",
    "I understand your concern and want to reassure you. The adjuster calls within two days, so the timeline is "
    "short; we arrange a rental during the repair and I will follow up. Please ask if anything is unclear; thank you. "
    "I will explain each step and support you.",
)

WORKED = (
    (SERVICE, 0, "asdf qwer", 0, 0),
    (SERVICE, 0, "helpful", 0, 0),
    (SERVICE, 0, "HELP!", 16.67, 15),
    (SERVICE, 0, "please thank you sorry", 16.67, 19),
    (SERVICE, 0, "I can't help you. Go away.", 16.67, 15),
    (SERVICE, 0, "You stupid idiot. help assistance sorry troubleshoot understand username", 100, 20),
    (SERVICE, 0, "Sorry about that, I understand. What is your username?", 50, 43),
    (SERVICE, 0, FULL_SERVICE[0], 100, 93),
    (SERVICE, 1, "Let me reset your password and verify the email.", 66.67, 47),
    (SERVICE, 1, FULL_SERVICE[1], 100, 89),
    (SERVICE, 2, FULL_SERVICE[2], 100, 89),
    (SERVICE, 3, FULL_SERVICE[3], 100, 96),
    (CLAIMS, 0, "I am sorry. Please tell me your policy number.", 33.33, 31),
    (CLAIMS, 0, FULL_CLAIMS[0], 100, 96),
    (CLAIMS, 1, FULL_CLAIMS[1], 100, 96),
    (CLAIMS, 2, FULL_CLAIMS[2], 100, 96),
    (CLAIMS, 3, FULL_CLAIMS[3], 100, 100),
    (CLAIMS, 4, FULL_CLAIMS[4], 100, 96),
)
